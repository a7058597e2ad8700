# Every target sets up what it needs; "make" alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
POLYREEL := $(BIN)/polyreel

.PHONY: help install run gallery picture test test-slow test-versions check refresh diff generate hashes bench new-provider sandbox docs clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# All of them, since the tests use each.
EXTRAS := archive,arrow,aws,codegen,gallery,jwt,keyring,mcp,sandbox,socks,warehouse

# Two stamps, so that a first "make run" need not wait for the tools of developers.
$(VENV)/run.stamp: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "polyreel needs Python 3.11 or newer: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[gallery,sandbox]'
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]' --group dev
	@touch $@

# A peer of the spec diff, where npm is there; without it the tests that need it are skipped.
REDOCLY := $(abspath $(VENV)/node_modules/.bin/redocly)
$(VENV)/redocly.stamp: $(VENV)/dev.stamp
	@npm install --silent --no-audit --no-fund --prefix $(VENV) @redocly/cli@2.77.0 || \
	  echo "redocly can't be installed here; the comparison with it will be skipped"
	@touch $@

# The MCP inspector, likewise.
INSPECTOR := $(abspath $(VENV)/inspector/node_modules/.bin/mcp-inspector)
$(VENV)/inspector.stamp: $(VENV)/dev.stamp
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/inspector @modelcontextprotocol/inspector@2.12.0 || \
	  echo "the MCP inspector can't be installed here; the test with it will be skipped"
	@touch $@

install: $(VENV)/dev.stamp  ## set up .venv with everything that developers need

run: $(VENV)/run.stamp  ## look around: list and get from every provider's sandbox, without a key
	@$(BIN)/python -m polyreel.cli.tour

gallery: $(VENV)/run.stamp  ## look at the sandbox's videos in the browser until Ctrl-C; ARGS=--no-open
	$(POLYREEL) gallery --sandbox $(ARGS)

sandbox: $(VENV)/run.stamp  ## serve the sandbox until Ctrl-C
	$(POLYREEL) sandbox

test: $(VENV)/dev.stamp  ## run the tests
	$(BIN)/python -m pytest -n 2 -m "not slow"

$(VENV)/slow.stamp: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group slow
	@touch $@

test-slow: $(VENV)/slow.stamp $(VENV)/inspector.stamp $(VENV)/redocly.stamp  ## run the slow tests: browser, database server, JVM, fuzzer, redocly (each skipped without its peer), whole projects
	POLYREEL_INSPECTOR=$(INSPECTOR) POLYREEL_REDOCLY=$(REDOCLY) $(BIN)/python -m pytest -n 2 -m slow -rs

# The product's own tests with other versions of what it needs than the pinned ones; a venv for each.
VERSIONS ?= lowest
RANGE := $(VENV)/$(VERSIONS)
test-versions: $(VENV)/dev.stamp  ## test with VERSIONS=lowest or newest of each requirement; PYTHON=python3.13
	rm -rf $(RANGE) && $(PYTHON) -m venv $(RANGE)
	$(BIN)/python tools/lowest.py > $(VENV)/lowest.txt && : > $(VENV)/newest.txt
	$(RANGE)/bin/python -m pip install --quiet --disable-pip-version-check -c $(VENV)/$(VERSIONS).txt \
	  -e '.[$(EXTRAS)]' hypothesis pytest pytest-xdist openai
	$(RANGE)/bin/python -m pytest -n 2 tests/core tests/listing tests/http tests/plugins tests/cli tests/e2e

check: $(VENV)/dev.stamp  ## lint, types, import contracts, and that nothing generated is stale
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(POLYREEL) generate --check
	$(BIN)/python tools/docs.py --check

refresh: $(VENV)/dev.stamp  ## read the providers' documentation again; PROVIDER=x for one, ARGS=--check
	$(POLYREEL) spec refresh $(PROVIDER) $(ARGS)

diff: $(VENV)/dev.stamp  ## what the specs in this tree change against the last commit; PROVIDER=x for one
	@for spec in specs/$(or $(PROVIDER),*)/openapi.yaml; do \
	  git cat-file -e HEAD:$$spec 2>/dev/null || { echo "$$spec is new"; continue; }; \
	  git show HEAD:$$spec > $(VENV)/old.yaml && echo "$$spec" && $(POLYREEL) spec diff $(VENV)/old.yaml $$spec || exit 1; \
	done

generate: $(VENV)/dev.stamp  ## make the clients from specs and overlays; PROVIDER=x for one
	$(POLYREEL) generate $(PROVIDER)

new-provider: $(VENV)/dev.stamp  ## scaffold a provider: make new-provider NAME=acme SPEC=file-or-url
	$(POLYREEL) new-provider $(NAME) --spec $(SPEC) $(ARGS)
	@test ! -f plugins/polyreel_plugins/$(NAME).py || { touch pyproject.toml && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . && $(BIN)/python tools/docs.py; }

hashes: $(VENV)/dev.stamp  ## write .ci/hashes.txt: what is installed here, by the hashes of its files
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	$(BIN)/python -m pip freeze --all --exclude-editable --exclude pip-tools | $(BIN)/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
	    --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file .ci/hashes.txt -

bench: $(VENV)/dev.stamp  ## measure against the floor and the peers, as ratios
	$(BIN)/python tests/bench $(ARGS)

docs: $(VENV)/dev.stamp  ## write the generated parts of the documentation
	$(BIN)/python tools/docs.py

# What looks at the gallery's page besides the browser; without npm, the tests that need it are skipped.
$(VENV)/web.stamp: $(VENV)/slow.stamp
	@npm install --silent --no-audit --no-fund --prefix $(VENV) axe-core@4.14.1 typescript@5.9.3 || \
	  echo "axe-core and typescript can't be installed here; the tests that need them will be skipped"
	@touch $@

test-slow: $(VENV)/web.stamp

picture: $(VENV)/web.stamp  ## take the README's picture of the gallery anew, in the tests' browser
	POLYREEL_PICTURES=1 $(BIN)/python -m pytest -n 0 -m slow tests/gallery -k readme

clean:  ## remove what the other targets made, but nothing that is committed
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
