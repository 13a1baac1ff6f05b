# Needs only Python 3.11+ (PYTHON names another one) and make. No target asks for anything.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DELETE_ON_ERROR:
.PHONY: site test test-snel check validate mutanten bench audit venv clean

site: $(STAMP)  ## real figures into build/site
	@$(BIN)/veiligheidsbeeld build
	@$(BIN)/veiligheidsbeeld check
	@$(BIN)/veiligheidsbeeld site

# A file of tests stays together, for its tests share what they build (tests/dealing.py deals them); more workers
# than this only wait.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

test: $(STAMP)  ## every test; those that need Chromium skip by name where it is absent
	@$(PYTEST)

test-snel: $(STAMP)  ## what needs no site: units, models, definitions, written-down answers
	@$(PYTEST) -q tests/unit tests/models tests/definitions tests/golden

check: $(STAMP)  ## style, walls and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy --strict

validate: $(STAMP)  ## the figures against the headers, every definition, and how far the statistics hold
	@$(BIN)/veiligheidsbeeld build
	@$(BIN)/veiligheidsbeeld check
	@$(BIN)/python -m pytest -q tests/definitions
	@$(BIN)/python -m benchmarks.validate

mutanten: $(STAMP)  ## planted faults, each of which the fast tests must see; FOUT="noemer" for some
	@$(BIN)/python -m benchmarks.mutanten $(FOUT)

bench: $(STAMP)  ## a report on data of national size; BENCH="--stages build" for a part
	@$(BIN)/python -m benchmarks $(BENCH)

audit: $(STAMP)  ## the workflows
	@$(BIN)/zizmor --offline --quiet .github

venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, found " + sys.version)'
	@echo "setting up .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# build/raw holds fetched snapshots, hours of downloading; .venv is kept up to date by its stamp.
clean:
	@test ! -d build || find build -mindepth 1 -maxdepth 1 ! -name raw -exec rm -rf {} +
	@rm -rf .pytest_cache .mypy_cache .ruff_cache
