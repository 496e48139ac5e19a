# make demo: set up, and run the main job on the reference scenario.   make test: set up, and pass the tests.
# make docs: run the notebooks and build the documentation site into outputs/site; warnings are errors.
# make bench: measure everything docs/benchmarks.md states and write its tables; some minutes, and best where nothing else runs.
# make soak: kill, starve and double sweeps, and feed the program malformed input, for half an hour; into docs/safety.md.
# make kernel: after a change of the rules, make of them what is shipped compiled (sim/compiled, the browser's clock); needs lld.
# make test-neighbours: the same matches live in Axelrod-Python and EGTtools.   make bench-neighbours: how fast they play them.
# Both in an environment of its own, some 1.2 GB, which make bench uses too where it exists.
# make test-cluster: workers of Dask, and jobs where there is a SLURM; in an environment of its own too.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: demo test docs kernel soak bench test-neighbours bench-neighbours test-cluster setup clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

demo: setup
	$(BIN)/escalation play out=outputs/demo/play
	$(BIN)/escalation sweep out=outputs/demo/sweep
	$(BIN)/escalation targets out=outputs/demo/targets
	$(BIN)/escalation explore out=outputs/demo/explore.html

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist worksteal

docs: $(VENV)-docs/.ready
	$(VENV)-docs/bin/python -m pytest -q -p no:cacheprovider --nbmake docs/notebooks
	$(VENV)-docs/bin/python -m sphinx -q -W -b html docs outputs/site
	@echo "the documentation site: outputs/site/index.html"

$(VENV)-docs/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)-docs
	$(VENV)-docs/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[docs]'
	touch $@

kernel: setup
	$(BIN)/python -m sim.making

soak: setup
	$(BIN)/python tests/soak.py --write

bench: setup
	$(BIN)/python benchmarks/clocks.py --write
	$(BIN)/python benchmarks/sweeps.py --write
	$(if $(wildcard $(VENV)-neighbours/.ready),$(VENV)-neighbours/bin,$(BIN))/python benchmarks/matches.py --write
	$(BIN)/python benchmarks/rare_events.py --write
	$(BIN)/python benchmarks/equilibrium.py --write
	$(BIN)/python benchmarks/browser.py --write

$(VENV)-neighbours/.ready: pyproject.toml constraints.txt tests/neighbours/constraints.txt
	$(PYTHON) -m venv $(VENV)-neighbours
	$(VENV)-neighbours/bin/python -m pip install --quiet --constraint constraints.txt --constraint tests/neighbours/constraints.txt \
		--editable '.[test,neighbours]'
	touch $@

test-neighbours: $(VENV)-neighbours/.ready
	$(VENV)-neighbours/bin/python -m pytest tests/neighbours

bench-neighbours: $(VENV)-neighbours/.ready
	$(VENV)-neighbours/bin/python benchmarks/matches.py --write

$(VENV)-cluster/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)-cluster
	$(VENV)-cluster/bin/python -m pip install --quiet --constraint constraints.txt --editable '.[test,cluster]'
	touch $@

test-cluster: $(VENV)-cluster/.ready
	$(VENV)-cluster/bin/python -m pytest tests/studies/test_workers.py -m '' -rs

clean:
	rm -rf $(VENV) $(VENV)-docs $(VENV)-neighbours $(VENV)-cluster outputs .pytest_cache .hypothesis .ruff_cache .mypy_cache
