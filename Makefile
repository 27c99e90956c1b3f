# Everything runs in .venv, which the first target that needs it makes from the pinned, hashed requirements.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
DEMO ?= demo
AS_OF ?= 2025-06-30
LINES ?= 1000000
IN = .venv/bin/

.PHONY: demo test test-all bench bench-ingest lint format lock docs ui clean

demo: .venv/.runtime  ## the demo company: exports in, audited marts and mailed reports out
	@test -f $(DEMO)/salesops.yml || $(IN)salesops init $(DEMO) --demo
	@$(IN)salesops --workspace $(DEMO) run --as-of $(AS_OF)
	@$(IN)salesops --workspace $(DEMO) send performance --as-of $(AS_OF)
	@$(IN)salesops --workspace $(DEMO) send market_analysis --as-of $(AS_OF) --rule monthly-market
	@$(IN)salesops --workspace $(DEMO) status
	@echo
	@echo "Reports   $(DEMO)/archive/   (open a report.html or report.pdf)"
	@echo "Mails     $(DEMO)/outbox/    (open an .eml)"
	@echo "Marts     $(DEMO)/published/ (current.json names marts.duckdb and the Parquet files)"
	@echo "Web page  make ui            (Dagster, on 127.0.0.1)"

test: .venv/.dev  ## the whole suite
	@$(IN)pytest -n 2 --dist loadfile -m "not slow"

test-all: .venv/.dev  ## also the long runs (kills at every point)
	@$(IN)pytest -n 2 --dist loadfile

bench: .venv/.runtime  ## beside a bare SQL script, at LINES order lines: bench/RESULTS.md
	@$(IN)python -m bench.run --lines $(LINES)

bench-ingest: .venv/.dev  ## one export of LINES rows beside bare DuckDB, dlt and pandas
	@$(IN)python -m bench.ingest --lines $(LINES)

lint: .venv/.dev  ## style and types
	@$(IN)ruff check .
	@$(IN)ruff format --check .
	@$(IN)mypy

format: .venv/.dev  ## mend what can be mended by itself
	@$(IN)ruff check --fix . ; $(IN)ruff format .

ui: .venv/.runtime  ## Dagster's web page for the demo company
	@$(IN)salesops --workspace $(DEMO) ui

lock: .venv/.dev  ## resolve requirements/*.in anew
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras requirements/dev.in -o requirements/dev.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras requirements/runtime.in -c requirements/dev.txt -o requirements/runtime.txt

clean:
	rm -rf .venv $(DEMO)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "salesops needs Python 3.11, 3.12 or 3.13 on the PATH; or say which: make PYTHON=/path/to/python3.12"; exit 2; }
	@echo "Making .venv with $(PYTHON) …"
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python requirements/runtime.txt pyproject.toml
	@echo "Installing the pinned packages (a minute or two) …"
	@$(IN)pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@$(IN)pip install -q --disable-pip-version-check --no-build-isolation --no-deps --no-index -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@echo "Installing the packages for tests …"
	@$(IN)pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
