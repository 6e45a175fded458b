# make explore   set up what is missing, then open the explorer on the two articles
# make test      set up what is missing, then lint, types and tests
# make setup     only install, into .venv
# make check     check the knowledge base of this folder
# make changes   citations gained and lost by the engine since AGAINST (needs GOLD)
# ARTICLES=dir   local copies of the articles (<id>.txt), to show and check the places in them
# GOLD=dir       texts with known citations, to check what the citation engine finds in them

PYTHON ?= python3
ARTICLES ?=
GOLD ?=
AGAINST ?= HEAD
VENV := .venv
BIN := $(VENV)/bin

.PHONY: explore test setup check changes
.DEFAULT_GOAL := explore

explore: $(VENV)/.run
	@$(BIN)/belegt explore . $(if $(ARTICLES),--articles "$(ARTICLES)")

setup: $(VENV)/.run

check: $(VENV)/.run
	@$(BIN)/belegt check . $(if $(ARTICLES),--articles "$(ARTICLES)")

changes: $(VENV)/.test
	@$(BIN)/python benchmarks/changes.py --gold "$(GOLD)" --against "$(AGAINST)"

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python docs/make_rules.py --check
	$(BIN)/python docs/make_evidence.py --check
	$(if $(ARTICLES),BELEGT_ARTICLES="$(ARTICLES)") $(if $(GOLD),BELEGT_GOLD="$(GOLD)") $(BIN)/pytest

$(VENV)/.run: pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" sh scripts/install.sh "$(VENV)" "."
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" sh scripts/install.sh "$(VENV)" ".[test]"
	@touch $@ $(VENV)/.run
