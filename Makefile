# Each target is one line over the `scrutiny` command. Without make (Windows): see CONTRIBUTING.md.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory --no-builtin-rules
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help paper papers verify test bench schema lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

paper: .venv/.ready ## make the example paper, in HTML and Word
	@$(BIN)/scrutiny paper windsor-and-maidenhead 2018-09-26

papers: .venv/.ready ## make every paper
	@$(BIN)/scrutiny paper --all

verify: .venv/.ready ## make every sealed paper again and compare
	@$(BIN)/scrutiny verify

test: .venv/.ready ## check style and types, run every test and worked example
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo 'Not laid out as ruff lays it out: run $(BIN)/ruff format'; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/python -m pytest --no-header --nbval --numprocesses logical --maxprocesses 8 --dist loadfile

bench: .venv/.ready ## measure
	@$(BIN)/python bench/run.py

schema: .venv/.ready ## write the JSON Schemas of the settings files
	@$(BIN)/scrutiny schema

lock: ## pin every dependency again (make lock UPGRADE=--upgrade for newer versions)
	@PATH="$(BIN):$$PATH"; command -v uv >/dev/null || { echo 'make lock needs uv: $(BIN)/pip install uv'; exit 1; }; \
	UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate $(UPGRADE) \
	  --extra test --group build pyproject.toml --output-file requirements.lock

clean: ## remove what was made (rm -rf .venv removes the environment too)
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
	@git clean -fdXq -- reports

# The environment, made once and again when the lock or the project's settings change. The first
# Python that is new enough and able to make one is used; PYTHON=… names another.
.venv/.ready: requirements.lock pyproject.toml
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  new_enough=$$python; \
	  "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1 && able=$$python && break; \
	done; \
	test -n "$$new_enough" || { echo 'Python 3.11 or newer is needed, and none was found.' >&2; exit 1; }; \
	test -n "$$able" || { echo "$$new_enough cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	echo "Setting up .venv with $$able: a minute or two, once" >&2; \
	rm -f $@ && "$$able" -m venv --clear .venv
	@$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@
