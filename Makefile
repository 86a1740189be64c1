# The portal's commands. Only Python 3.11 with venv is needed; `make assets` also needs Node.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PYTHONUNBUFFERED := 1

PY := .venv/bin/python
# Equipped with the data directory's secrets and the defaults of `make run`.
WITH := $(PY) -m umkm_portal.environment
MANAGE := $(WITH) $(PY) manage.py
# The stamps name what was installed, so another list installs again.
STAMP := .venv/.requirements-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
DEV_STAMP := .venv/.requirements-dev-$(shell cat requirements-dev.txt | cksum | cut -d' ' -f1)
TEST_DIR := var/test
DATABASE := $(WITH) $(PY) -m umkm_portal.database
# For a recipe's shell: whoever started the database stops it at the end.
BORROW_DATABASE = if [ "$$($(DATABASE) $(1) start)" = started ]; then trap '$(DATABASE) stop' EXIT; fi
PYTEST_ARGS ?= -q -n 2

.PHONY: help run test lint bench demo admin assets clean-safe

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 14

# One installs, whoever came at the same time waits and finds it done.
$(STAMP):
	@exec 9>.venv.lock; flock 9
	if [ ! -e $@ ]; then
	    test -x $(PY) || $(PYTHON) -m venv .venv
	    echo "Installing requirements.txt into .venv"
	    $(PY) -m pip install --quiet --require-hashes -r requirements.txt
	    rm -f .venv/.requirements-[0-9]*
	    touch $@
	fi

$(DEV_STAMP): $(STAMP)
	@exec 9>.venv.lock; flock 9
	if [ ! -e $@ ]; then
	    echo "Installing requirements-dev.txt into .venv"
	    $(PY) -m pip install --quiet --require-hashes -r requirements-dev.txt
	    rm -f .venv/.requirements-dev-[0-9]*
	    touch $@
	fi

run: $(STAMP)  ## start everything on http://127.0.0.1:8000 (PORT=, DATA_DIR=, SITE_URL=)
	@exec $(PY) -m umkm_portal.supervisor

test: $(DEV_STAMP)  ## all tests, in a database of their own (PYTEST_ARGS="-q tests/members")
	@deploy/ensure-chromium $(PY)
	deploy/ensure-nginx
	export DATA_DIR=$(TEST_DIR) DJANGO_SETTINGS_MODULE=tests.settings
	$(call BORROW_DATABASE,--careless)
	$(PY) manage.py prepare --static
	$(PY) -m pytest $(PYTEST_ARGS)

lint: $(DEV_STAMP)  ## every check of the code, the cheapest first
	@export DATA_DIR=$(TEST_DIR)
	set -x
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	git ls-files -z 'templates/*.html' | xargs -0r .venv/bin/djade --check --target-version 5.2
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/lint-imports
	$(WITH) .venv/bin/mypy umkm_portal members catalog events
	$(MANAGE) makemigrations --check --dry-run
	DEMO=0 SITE_URL=https://umkm.example.id $(MANAGE) check --deploy --fail-level WARNING

bench: $(DEV_STAMP)  ## measure against a bare Django view; writes tests/performance/results.md
	@$(PY) -m tests.performance.bench
	$(PY) -m tests.performance.front

demo: $(STAMP)  ## move the demo's dates on to today
	@$(BORROW_DATABASE)
	$(MANAGE) seed_demo --move

admin: $(STAMP)  ## make the first staff account: make admin EMAIL=nama@contoh.go.id
	@test -n "$(EMAIL)" || { echo 'Tulis: make admin EMAIL=nama@contoh.go.id'; exit 2; }
	$(BORROW_DATABASE)
	$(MANAGE) first_admin "$(EMAIL)"

assets:  ## build styles, icons, font and htmx again (Node)
	@assets/build.sh

clean-safe:  ## remove caches; the data in var/ and .venv stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -not -path './var/*' -prune -exec rm -rf {} +
