# The five things anyone does: make demo | test | check | verify | bench
PYTHON ?= python3
BIN := .venv/bin
PO := $(wildcard src/mutirao/*/locale/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)

.PHONY: help demo test check verify bench install install-dev locks

help:
	@echo "make demo    install, load the demonstration network and serve it (PORT=8000)"
	@echo "make test    install what tests need and run them, real browser included"
	@echo "make check   style, types, layers, templates, translations, migrations"
	@echo "make verify  what is too long for make test: faults, load, another PostgreSQL, every page"
	@echo "make bench   measure the cost of pages"

PORT ?= 8000
demo: install
	@$(BIN)/mutirao demo --port $(PORT)

test: install-dev
	@$(BIN)/python tools/browser.py
	@$(BIN)/python -m pytest -n $(or $(JOBS),2) --dist loadfile -m "not verify" $(ARGS)

check: install-dev
	@$(BIN)/python tools/check.py

verify: install-dev
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/verify.py

bench: install
	@$(BIN)/mutirao bench $(ARGS)

# --- what the five need -------------------------------------------------------------------
install: .venv/.installed texts
install-dev: .venv/.installed-dev texts

.PHONY: texts
texts: $(MO)
%.mo: %.po
	@$(BIN)/python tools/messages.py compile

$(MO): | .venv/.installed

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Mutirão needs Python 3.11 or newer; say PYTHON=python3.12 make …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

locks: .venv/bin/python
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -c requirements-dev.lock pyproject.toml -o requirements.lock
