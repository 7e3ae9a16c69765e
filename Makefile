# make demo [PORT=8000]   the site on localhost with the founding record
# make test               every test (also on TEST_DATABASE_URL, if that is set)
# make check              lint, imports, migrations, production settings
# make bench              measurements, as ratios
# make figures            those of pages again, into the README
# make soak               every fault in many rounds, and load; over an hour; ends with a table
# make messages           the catalogue of translations, brought up to date and compiled
# make lock               pin the dependencies of pyproject.toml again, with hashes

PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q -n auto --dist worksteal

.PHONY: demo test check bench figures soak messages lock browser observatory clean

demo: .venv/demo
	$(PY) manage.py demo --port $(PORT)

test: .venv/dev browser observatory
	env -u TEST_DATABASE_URL $(PYTEST)
	@if [ -n "$$TEST_DATABASE_URL" ]; then echo "Again, on TEST_DATABASE_URL:"; $(PYTEST); fi

check: .venv/dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint templates --lint --quiet
	.venv/bin/lint-imports --no-cache
	$(PY) manage.py makemigrations --check --dry-run
	CASEFILE_ENV=production SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(50))") \
	ALLOWED_HOSTS=casefile.example $(PY) manage.py check --deploy --fail-level WARNING

bench: .venv/dev
	$(PY) -m pytest -q -s -p no:xdist tests/benchmarks/bench_*.py

figures: .venv/dev
	FIGURES=1 $(PY) -m pytest -q -s -p no:xdist tests/benchmarks/bench_pages.py

soak: .venv/dev
	$(PY) -m pytest -q -p no:xdist tests/soak/soak_*.py

# The desk and the feeds are in English: their texts are not in the catalogue.
NOT_TRANSLATED := $(addprefix --ignore ,.venv var tests admin signing_in changes.py feeds.py \
	merges.py merging.py review.py web_addresses.py)

messages: .venv/dev
	mkdir -p casefile/locale
	$(PY) manage.py makemessages --locale es --no-wrap --no-obsolete --extension html,svg,py --add-location file \
	  $(NOT_TRANSLATED)
	$(PY) manage.py compilemessages --locale es --ignore .venv

# Debian's Chromium, for the tests in a real browser; without it they say that they are skipped.
browser:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq chromium >/dev/null; } \
	|| echo "No chromium: install Debian's package to run the browser tests."

# Mozilla's HTTP Observatory, which grades the running site; without it that test is skipped too.
# Its list of preloaded hosts would be fetched: it has none.
OBSERVATORY := var/observatory/node_modules/@mdn/mdn-http-observatory
observatory:
	@test -e $(OBSERVATORY)/conf/hsts-preload.json || { \
	  command -v npm >/dev/null && npm install --prefix var/observatory --no-save --no-package-lock \
	    --no-audit --no-fund --ignore-scripts --fetch-retries 0 --silent \
	    @mdn/mdn-http-observatory@1.4.8 >/dev/null \
	  && echo '{}' > $(OBSERVATORY)/conf/hsts-preload.json; } \
	|| echo "No Observatory: npm with its registry is needed to have the site graded."

lock: .venv/dev
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --extra embedded --constraint requirements.txt \
	  --output-file requirements-demo.txt pyproject.toml
	$(COMPILE) --extra embedded --extra dev --constraint requirements-demo.txt \
	  --output-file requirements-dev.txt pyproject.toml

COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-header --no-annotate --no-emit-options

.venv/demo: requirements-demo.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/dev: requirements-dev.txt
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

clean:
	test ! -x $(PY) || for directory in var/tests var; do \
	  $(PY) -m casefile.embedded_postgres stop --directory $$directory; done
	rm -rf .venv var
