# JupyterLab with the course, in a container. In class, answers one %load away:
#     docker build -t nn101 .
# In a graded term, with nothing but what students may see:
#     autograder publish --folder students && docker build -t nn101 -f Dockerfile students
# Either way:
#     docker run --rm -p 127.0.0.1:8888:8888 nn101
# Grading does not belong in here: its sandbox wants the machine itself (docs/instructors.md).
FROM python:3.11-slim

RUN useradd --create-home --shell /bin/bash student
WORKDIR /home/student/course
COPY requirements.txt requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt -c requirements.lock
# As for every student: no Formgrader, Course List or Create Assignment in the menus (docs/students.md).
RUN jupyter labextension disable "@jupyter/nbgrader:formgrader" "@jupyter/nbgrader:course-list" "@jupyter/nbgrader:create-assignment"

# Of the repository only what .dockerignore lets through.
COPY --chown=student . .
RUN chown student .
USER student
RUN python check_environment.py

EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser"]
