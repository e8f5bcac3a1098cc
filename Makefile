# For maintainers. Everything runs in .venv, which `make lab` or `make test` makes.
.DEFAULT_GOAL := help
.PHONY: help lab test check endurance bench notebooks kit site lock
PYTHON := .venv/bin/python
COMPILE := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --extra bootstrap --extra exports

help: ## print this list
	@sed -n 's/^\([a-z]*\): ## \(.*\)/make \1	\2/p' Makefile

lab: ## open the first lesson in JupyterLab
	python3 start.py lab

test: ## run everything: package, data, browser, notebooks
	python3 start.py test

check: ## format, lint, types and the fast tests, in about 40 seconds (after make test)
	$(PYTHON) -m ruff format --check . && $(PYTHON) -m ruff check . && $(PYTHON) -m mypy
	$(PYTHON) -m pytest -q -p no:nbval -n auto -m "not browser and not nbval and not slow" tests

endurance: ## run the long versions of the tests: hundreds of presses, kills and fuzzed files
	CYBERNORMS_ENDURANCE=1 $(PYTHON) -m pytest -q -p no:nbval -m "endurance or endurance_only" tests

bench: ## measure speed against a floor or a peer
	$(PYTHON) tests/benchmarks/run.py
	$(PYTHON) tests/benchmarks/cards.py
	$(PYTHON) tests/benchmarks/lessons.py
	$(PYTHON) tests/benchmarks/against_nbgrader.py
	$(PYTHON) tests/benchmarks/marking.py

notebooks: ## make the student notebooks from the masters
	.venv/bin/cybernorms notebooks

site: ## make the course as pages for any browser, in build/site (npm fetches Pyodide)
	.venv/bin/cybernorms site --to build/site

kit: ## write the teaching kit into the folder kit
	.venv/bin/cybernorms kit --to kit

lock: ## make both locks again, with the newest versions that pyproject.toml admits
	$(COMPILE) --upgrade pyproject.toml --output-file requirements.lock
	$(COMPILE) --upgrade --group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock
