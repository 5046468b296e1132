# Waitkeeper: two commands do all the set-up on a fresh Debian machine, `make demo` and `make test`.

SWIFT ?= swift
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
CONFIGURATION ?= debug
# What the toolchain itself needs of Debian, then what we build and test with.
PACKAGES := git gcc binutils libc6-dev libstdc++-12-dev ca-certificates curl libcurl4-openssl-dev libsqlite3-dev zlib1g-dev \
  libarchive-dev libssl-dev libxlsxwriter-dev sqlite3 openssl python3 tzdata jq \
  libjs-leaflet libjs-dygraphs chromium fonts-noto-cjk libxml2-utils
WAITKEEPER = $$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/waitkeeper
DEMO = $(CURDIR)/waitkeeper-demo.sqlite
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: help deps apt-update build tests tools test lint compare compare-all api page screenshots check demo bench clients torture power power-check proof \
  moments bare install install-files deb deb-check snapshots clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

deps: ## installs the Debian packages that are missing
	@missing=$$(for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "make deps: this is no Debian system; install by hand what these packages hold: $$missing" >&2; exit 1; fi; \
	  if [ "$$(id -u)" != 0 ] && [ -z "$(SUDO)" ]; then \
	    echo "make deps: these packages are missing, and there is neither root nor sudo to install them:" $$missing >&2; exit 1; fi; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
	@command -v $(SWIFT) >/dev/null || { echo "make deps: there is no Swift toolchain; install Swift 6.3 from https://swift.org/install" >&2; exit 1; }

apt-update:
	@$(SUDO) apt-get update -qq

build: deps ## builds the command (CONFIGURATION=release for speed)
	$(SWIFT) build -c $(CONFIGURATION) --product waitkeeper

tests: deps # builds all that the tests need, and the command
	$(SWIFT) build --build-tests

tools: deps # installs the tools that the parts of the check use
	@$(MAKE) --no-print-directory deps PACKAGES="gdal-bin"
	@.ci/python $(CLIENTS) $(COMPARE_PYTHON) $(PAGE_PYTHON) >/dev/null && .ci/promtool >/dev/null

test: tests ## runs all tests, offline
	$(SWIFT) test --skip-build --parallel

lint: deps ## formatting rules
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests config Fixtures Benchmarks

COMPARE_PYTHON = duckdb numpy

compare: build ## every aggregate against numpy and DuckDB, a minute
	@python=$$(.ci/python $(COMPARE_PYTHON)) && $$python Tests/compare/aggregates.py $(WAITKEEPER)

compare-all: build ## the same with the whole real collection of the old feed
	@python=$$(.ci/python $(COMPARE_PYTHON)) && $$python Tests/compare/aggregates.py $(WAITKEEPER) --all

# A record that is long enough for "usual", with nights that the archive has nothing of.
PAGE_RECORD = .build/page/demo.sqlite
PAGE_PYTHON = playwright axe_playwright_python
# When the pages are looked at, on any day; another moment may be named.
PAGE_CLOCK ?= 2026-11-28T20:07:00+08:00

# Made anew where the command is newer, or the moment another.
$(PAGE_RECORD): build
	@mkdir -p $(@D)
	@if [ ! -e $@ ] || [ $(WAITKEEPER) -nt $@ ] || [ "$$(cat $@-clock 2>/dev/null)" != "$(PAGE_CLOCK)" ]; then \
	  WAITKEEPER_CLOCK=$(PAGE_CLOCK) $(WAITKEEPER) demo --days 150 --database $@ >/dev/null && echo "$(PAGE_CLOCK)" >$@-clock; fi

page: $(PAGE_RECORD) ## the pages in a real browser, minutes
	@python=$$(.ci/python $(PAGE_PYTHON)) && export WAITKEEPER_CLOCK=$(PAGE_CLOCK) && $$python Tests/page/page.py $(WAITKEEPER) $(PAGE_RECORD) && \
	$$python Tests/page/pictures.py $(WAITKEEPER) $(PAGE_RECORD)

screenshots: $(PAGE_RECORD) ## pictures of every page, in three widths, both themes, three languages
	@python=$$(.ci/python $(PAGE_PYTHON)) && export WAITKEEPER_CLOCK=$(PAGE_CLOCK) && $$python Tests/page/screenshots.py $(WAITKEEPER) $(PAGE_RECORD) .build/screenshots

check: ## the tests, the format, power cuts, numpy and DuckDB, clients of the API, the pages; each part's seconds
	@.ci/check

demo: build ## the whole pipeline on simulated days, offline (ARGS=--serve leaves the page open)
	@$(WAITKEEPER) demo $(ARGS)

bench: ## measures; prints the tables of docs/performance.md
	$(MAKE) deps PACKAGES="$(PACKAGES) wrk util-linux"
	$(SWIFT) build -c release --product waitkeeper
	$(SWIFT) build -c release --product waitkeeper-bench
	@bin=$$($(SWIFT) build -c release --show-bin-path) && python=$$(.ci/python duckdb datasette numpy) && \
	$$bin/waitkeeper-bench && \
	$$python Benchmarks/peers.py $$bin/waitkeeper $$bin/waitkeeper-bench .build/bench

CLIENTS = openapi_spec_validator schemathesis
GENERATOR = openapi_python_client ruff
# Puts the programs of the clients into reach.
CLIENT_PATH = PATH="$$(dirname $$python):$$(dirname $$promtool):$$PATH"

api: demo ## the API's description and answers, held by schemathesis, promtool, ogrinfo and a validator
	@$(MAKE) --no-print-directory deps PACKAGES="gdal-bin"
	@python=$$(.ci/python $(CLIENTS)) && promtool=$$(.ci/promtool) && $(CLIENT_PATH) Tests/clients/api.sh $(WAITKEEPER) "$(DEMO)"

clients: demo ## real clients: pandas, DuckDB, frictionless, R, ogrinfo, openpyxl, LibreOffice, promtool, schemathesis, Datasette, a generated one
	@$(MAKE) --no-print-directory deps PACKAGES="gdal-bin libreoffice-calc r-base-core r-cran-dbi r-cran-rsqlite r-cran-readr"
	@python=$$(.ci/python $(CLIENTS) $(GENERATOR) duckdb pandas openpyxl "frictionless[json]" datasette) && promtool=$$(.ci/promtool) && \
	export $(CLIENT_PATH) && $$python Tests/clients/export.py $(WAITKEEPER) "$(DEMO)" && \
	$$python Tests/clients/recipes.py $(WAITKEEPER) "$(DEMO)" && $$python Tests/clients/generated.py $(WAITKEEPER) "$(DEMO)" && \
	Tests/clients/api.sh $(WAITKEEPER) "$(DEMO)"

torture: ## kills a collection at 200 random moments, and a backfill at 100, and compares; half an hour
	$(MAKE) build CONFIGURATION=release
	$(SWIFT) build -c release --product waitkeeper-bench
	@bin=$$($(SWIFT) build -c release --show-bin-path) && \
	python3 Tests/torture/collection.py $$bin/waitkeeper $$bin/waitkeeper-bench && \
	python3 Tests/torture/ground.py $$bin/waitkeeper && python3 Tests/torture/backfill.py $$bin/waitkeeper

SEEDS ?= 10000

power: deps ## power cuts, failed calls and damaged copies: SEEDS cuts of a collection, a tenth of all else; two hours
	$(SWIFT) build -c release --product waitkeeper
	$(SWIFT) build -c release --product waitkeeper-power
	$(SWIFT) build -c release --product FaultDisk
	@.ci/power "$$($(SWIFT) build -c release --show-bin-path)" $(SEEDS)

power-check: tests ## a little of it: a minute or two
	@.ci/power "$$($(SWIFT) build --show-bin-path)" check

proof: tests ## what .ci/run adds to check: more of it, five minutes
	@.ci/power "$$($(SWIFT) build --show-bin-path)" proof

# Linked statically, since the service sees no home folder, where a toolchain may lie.
STATIC = $(SWIFT) build -c release --static-swift-stdlib --scratch-path .build/deb --product waitkeeper

install: deps ## builds for release and installs command, unit, settings and documentation below PREFIX
	$(STATIC)
	$(MAKE) install-files BINARY="$$($(STATIC) --show-bin-path)/waitkeeper"

install-files: # settings that are there already stay as they are
	install -D -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/waitkeeper"
	install -d "$(DESTDIR)$(UNITDIR)" "$(DESTDIR)$(SYSCONFDIR)" "$(DESTDIR)$(PREFIX)/share/doc/waitkeeper/docs"
	sed -e 's|/usr/bin/|$(PREFIX)/bin/|' -e 's|/usr/share/|$(PREFIX)/share/|' -e 's|/etc/|$(SYSCONFDIR)/|' \
	    config/waitkeeper.service > "$(DESTDIR)$(UNITDIR)/waitkeeper.service"
	[ -e "$(DESTDIR)$(SYSCONFDIR)/waitkeeper.json" ] || \
	  sed 's|"waitkeeper.sqlite"|"/var/lib/waitkeeper/waitkeeper.sqlite"|' config/waitkeeper.json \
	  > "$(DESTDIR)$(SYSCONFDIR)/waitkeeper.json"
	install -m 644 README.md CHANGELOG.md "$(DESTDIR)$(PREFIX)/share/doc/waitkeeper"
	install -m 644 docs/*.md "$(DESTDIR)$(PREFIX)/share/doc/waitkeeper/docs"

deb: ## a Debian package that needs no Swift, into .build
	$(MAKE) deps PACKAGES="$(PACKAGES) dpkg-dev binutils"
	$(STATIC)
	packaging/deb "$$($(STATIC) --show-bin-path)/waitkeeper" .build

deb-check: deb ## installs that package on a bare Debian 12 in a folder, runs it, backs up, restores, purges; needs root
	$(MAKE) deps PACKAGES="debootstrap systemd"
	$(SUDO) Tests/packaging/deb.sh "$$(ls -t .build/waitkeeper_*.deb | head -n 1)"

moments: tests ## all tests at twelve moments, in other zones and languages: an hour
	@$(MAKE) --no-print-directory deps PACKAGES="faketime locales"
	@.ci/moments

bare: ## the two commands of the README and the other targets on a bare Debian 12 with the toolchain alone; needs root, an hour
	@$(MAKE) --no-print-directory deps PACKAGES="git debootstrap"
	@$(SUDO) env PATH="$$PATH" SWIFT="$(SWIFT)" .ci/bare $(TARGETS)

snapshots: deps ## writes the help texts' snapshots anew
	WAITKEEPER_WRITE_SNAPSHOTS=1 $(SWIFT) test --filter HelpTests

clean: ## removes what was built and the demo's record
	rm -rf .build waitkeeper-demo.sqlite waitkeeper-demo.sqlite-wal waitkeeper-demo.sqlite-shm
