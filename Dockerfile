# JupyterLab with the course, for students: docker build -t neural-networks-101 . && docker run -p 127.0.0.1:8888:8888 neural-networks-101
# Grading does not belong in here: its sandbox wants the machine itself (docs/instructors.md).
FROM python:3.11-slim

RUN useradd --create-home --shell /bin/bash student
WORKDIR /home/student/course
COPY requirements.txt requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt -c requirements.lock

# Only what students may see: answers, sources and mistakes stay out of the image (.dockerignore too).
COPY --chown=student notebooks notebooks
COPY --chown=student release release
COPY --chown=student check_environment.py LICENSE LICENSE-TEXT ./
RUN chown student .
USER student
RUN python check_environment.py

EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "notebooks"]
