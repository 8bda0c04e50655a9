# Neural Networks 101. Every target creates .venv if necessary and installs the packages that it needs.
# To use another Python than python3: make lab PYTHON=/path/to/python3.13

.PHONY: help lab grade site build expected figures locale check test lint bench diagnosis lock clean
.NOTPARALLEL:
export PYTHON
bin := .venv/bin

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

lab: ## open JupyterLab on notebooks/
	@tools/environment.sh
	@$(bin)/jupyter-lab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks

grade: ## grade submitted/, or the example class while submitted/ is empty
	@tools/environment.sh grading
	@tools/sandbox.sh
	@$(bin)/python -m coursebuild
	@tools/grade.sh

site: ## build site/, a site of static files in which the labs run in the browser
	@tools/environment.sh grading site
	@$(bin)/python -m coursebuild
	@$(bin)/autograder publish --site site

build: ## build source/, release/ and notebooks/ from labs/ and solutions/
	@tools/environment.sh grading
	@$(bin)/python -m coursebuild --try

expected: ## execute the labs and record the output that their text mentions in labs/expected/
	@tools/environment.sh grading
	@$(bin)/python -m coursebuild --record

figures: ## draw labs/figures/*.svg as PNG, which JupyterLab can display inside a notebook
	@tools/environment.sh grading
	@$(bin)/python -m coursebuild --draw

locale: ## bring the catalogues of other languages up to date, and say what is to be translated
	@tools/environment.sh grading
	@$(bin)/python -m coursebuild --locale

check: lint ## the inner loop, about a minute: lint, types, and tests that need neither sandbox nor browser
	@$(bin)/pytest --quiet --numprocesses auto --dist loadgroup --no-loadscope-reorder -m quick

test: ## everything: lint, types, built files, unit tests, engine, notebooks, browser
	@tools/environment.sh browser cluster dev grading postgres site
	@tools/sandbox.sh
	@tools/test.sh

lint: ## ruff and mypy
	@tools/environment.sh browser cluster dev grading postgres site
	@$(bin)/ruff check --quiet
	@$(bin)/ruff format --check --quiet
	@$(bin)/mypy

bench: ## compare with plain nbgrader, and grade 10,000 submissions
	@tools/environment.sh cluster grading postgres
	@tools/sandbox.sh
	@$(bin)/python -m benchmark

diagnosis: ## measure how well mistakes are named, and what one mistake costs
	@tools/environment.sh grading
	@$(bin)/python -m benchmark.diagnosis
	@$(bin)/python -m benchmark.carrying

lock: ## update requirements.lock
	@tools/lock.sh

clean: ## remove .venv and caches; never submissions, grades or notebooks
	@rm -rf .venv *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
