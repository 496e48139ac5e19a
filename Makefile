# make demo: set up, and run the main job on the reference scenario.   make test: set up, and pass the tests.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test bench setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

demo: setup
	$(BIN)/escalation play out=outputs/demo/play
	$(BIN)/escalation sweep out=outputs/demo/sweep
	$(BIN)/escalation targets out=outputs/demo/targets

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile

bench: setup
	$(BIN)/python benchmarks/clocks.py
	$(BIN)/python benchmarks/sweeps.py --write

clean:
	rm -rf $(VENV) outputs .pytest_cache .hypothesis .ruff_cache
