# `make` alone tells the targets. What a step does is in Scripts/.

.DEFAULT_GOAL := help
.NOTPARALLEL:
PREFIX ?= /usr/local
DESTDIR ?=
export PREFIX DESTDIR PYTHON

.PHONY: help setup build demo test check bench drift-study loop-study check-deploy peers install format clean distclean

help: ## tell these targets
	@printf 'Leeway closes the loop for a tabular model. Start with: make demo\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: ## see that the machine can build Leeway, and fetch DuckDB's library
	@STEP=1/2 Scripts/setup-system.sh
	@STEP=2/2 Scripts/fetch-native.sh

build: ## build the release binary, .build/release/leeway
	@STEP=1/3 Scripts/setup-system.sh
	@STEP=2/3 Scripts/fetch-native.sh
	@STEP=3/3 Scripts/build.sh

demo: ## train a model on the Adult table and let its data drift, in demo/
	@STEP=1/5 Scripts/setup-system.sh
	@STEP=2/5 Scripts/fetch-native.sh
	@STEP=3/5 Scripts/fetch-data.sh
	@STEP=4/5 Scripts/build.sh
	@STEP=5/5 Scripts/demo.sh

test: ## run the tests
	@STEP=1/4 Scripts/setup-system.sh
	@STEP=2/4 Scripts/fetch-native.sh
	@STEP=3/4 Scripts/fetch-data.sh
	@STEP=4/4 Scripts/test.sh

check: ## lint, build with warnings as errors, and check the rules of the code
	@STEP=1/2 Scripts/setup-system.sh
	@STEP=2/2 Scripts/check.sh

check-deploy: ## lint the units, images and manifests of deploy/
	@STEP=1/2 Scripts/setup-peers.sh deploy
	@STEP=2/2 Scripts/check-deploy.sh

# MLServer has no wheels for the newest Pythons: without it the others are still measured.
bench: ## measure Leeway against Python's programs, and write docs/benchmarks.md
	@STEP=1/7 Scripts/setup-system.sh
	@STEP=2/7 Scripts/fetch-native.sh
	@STEP=3/7 Scripts/fetch-data.sh
	@STEP=4/7 Scripts/setup-peers.sh peers serving
	-@STEP=5/7 Scripts/setup-peers.sh mlserver
	@STEP=6/7 Scripts/build.sh leeway bare-route
	@STEP=7/7 Benchmarks/run

drift-study: ## study how drift is told, by Leeway and by others, and write docs/drift-study.md
	@STEP=1/6 Scripts/setup-system.sh
	@STEP=2/6 Scripts/fetch-native.sh
	@STEP=3/6 Scripts/fetch-data.sh adult flights
	@STEP=4/6 Scripts/setup-peers.sh peers drift
	@STEP=5/6 Scripts/build.sh leeway drift-study
	@STEP=6/6 Benchmarks/drift/run

loop-study: ## live through a year of flights with each retraining policy, and write docs/loop-study.md
	@STEP=1/6 Scripts/setup-system.sh
	@STEP=2/6 Scripts/fetch-native.sh
	@STEP=3/6 Scripts/fetch-data.sh adult flights
	@STEP=4/6 Scripts/setup-peers.sh peers drift
	@STEP=5/6 Scripts/build.sh leeway
	@STEP=6/6 Benchmarks/loop/run

peers: ## install what Leeway is compared with and driven by in tests, in .peers/
	@Scripts/setup-peers.sh peers serving

# Not built again under sudo: root would own the build folder, and the next build would fail.
install: ## install to PREFIX (/usr/local), with the libraries it needs
	@test -n "$$SUDO_USER" || $(MAKE) --no-print-directory build
	@Scripts/install.sh

format: ## format the Swift code
	@swift format --in-place --recursive --parallel Sources Tests Package.swift

clean: ## remove what was built and the demo; keep what was downloaded
	rm -rf .build demo .bench .bench-fit .bench-serving

distclean: clean ## remove what was downloaded as well: DuckDB, the data, the Python peers
	rm -rf .native .data .peers
