# Two commands are enough: `make run` and `make test`. Both do all the set-up that they need.
PYTHON ?= $(shell for p in python3 python3.12 python; do $$p -c '' 2>/dev/null && echo $$p && break; done)

.PHONY: help run test check setup setup-test format lint types nlu fast browsers whole unit integration e2e browser

help: ## What can be made
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: setup ## Set up if needed, and serve the chat on http://localhost:$${PORT:-8000}/
	@exec .venv/bin/trede run

setup: ## Only the set-up for running
	@$(PYTHON) cli/install.py run

setup-test: ## Only the set-up for testing
	@$(PYTHON) cli/install.py test

test: setup-test lint types nlu fast browsers whole ## All tests: lint, types, nlu, unit, integration, e2e, browser

fast: # Each test has a database of its own, so both cores can be used.
	@.venv/bin/pytest tests/unit tests/integration -n 2 --dist loadfile

browsers: # Each has a server and a browser of its own.
	@.venv/bin/pytest tests/browser -n 2 --dist loadfile

whole: # With the real Rasa; they wait for processes most of the time.
	@.venv/bin/pytest tests/e2e -n 2 --dist loadfile --durations 15

check: setup-test format lint types unit ## Format, lint, strict types, fast tests

format: ## Put the code in its form
	@.venv/bin/ruff format -q .
	@.venv/bin/ruff check -q --fix .

lint:
	@.venv/bin/ruff format --check -q . && .venv/bin/ruff check -q . && echo "lint: in orde"

types:
	@.venv/bin/mypy --no-error-summary && echo "types: in orde"

nlu: ## The tests of the Rasa project, in its own environment
	@nlu/.venv/bin/python -m pytest -q tests/nlu -c tests/nlu/pytest.ini -n 2 --dist loadfile

unit integration e2e browser: ## One kind of tests
	@.venv/bin/pytest tests/$@
