# Two commands do all the set-up: `make dashboard` and `make test`. They work on a bare machine with Python >= 3.11.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8050
PIP_ARGS := --quiet --constraint constraints.txt

# Which lines the tests reach: make test coverage COVERAGE=1. Without it they are quicker. The browser's tests are not
# counted: what is shown must not be late.
ifdef COVERAGE
COVER := --cov=positions --cov=dashboard --cov-report=
endif

# Tests start Python hundreds of times: what it compiles is kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: dashboard test coverage lint types judge bench bench-smoke clean

dashboard: .venv/.installed
	$(BIN)/positions dashboard --port $(PORT)

# In several processes, but the browser by itself: it has enough of its own, and what it is shown must not be late. Each
# process begins with a stretch of neighbouring tests, which share what their module prepares, and then helps the others.
test: .venv/.tested
	@rm -f .coverage
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -m "not browser" $(COVER)
	$(BIN)/python -m pytest -m browser

# What the last measured `make test` reached.
coverage: .venv/.tested
	$(BIN)/python -m coverage report --skip-covered --fail-under=95

lint: .venv/.tested
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/.tested
	$(BIN)/mypy

# uv where it is on the path, else venv and pip.
.venv/bin/python:
	@if command -v uv >/dev/null 2>&1; then uv venv --quiet --python '>=3.11' .venv; else $(PYTHON) -m venv .venv; fi

.venv/.installed: WHAT := .[documents]
.venv/.tested: WHAT := .[test,interchange,bench,browser,pdf,documents,postgres,llm,scale,citing,excel,docx,network,stats]
.venv/.installed .venv/.tested: .venv/bin/python pyproject.toml constraints.txt
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --python $(BIN)/python $(PIP_ARGS) --editable '$(WHAT)'; \
	else \
	  $(BIN)/python -m pip install --disable-pip-version-check $(PIP_ARGS) --editable '$(WHAT)'; \
	fi
	@touch $@ .venv/.installed

# The benchmarks on small data, only to see that they run and that both sides agree.
bench-smoke: .venv/.tested
	$(BIN)/python -m benchmarks --smoke

# The weights of `--judge model`, trained anew after a change of what the rules read; the held sets only measure.
judge: .venv/.installed
	$(BIN)/positions extract train --data data --force -o positions/extract/judges/coefficients.toml \
		$(foreach set,dev plain second/dev,--gold tests/unseen/$(set)/gold.jsonl)

bench: .venv/.tested
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist *.egg-info
