# Two commands matter: `make demo` and `make test`. Each installs what is missing, and says so.
# Everything that is built or installed for Hourglass alone is kept in ~/.cache/hourglass (or $HOURGLASS_CACHE).

SHELL := bash
.NOTPARALLEL:
.PHONY: help setup dashboard build demo test check unit api simulate browser mutants bench openapi deny clean cuts test-odoo face contact-sheet lighthouse inp network

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: dashboard ## the whole system on this machine, with made-up customers and a fast clock; SPEED=… sets how fast
	@source scripts/env.sh && cargo run --locked -p hourglass --features demo -- demo $(if $(SPEED),--speed $(SPEED))

test: check ## every check and every test
	@scripts/test.sh

check: setup ## everything but the tests: format, lints, licences, the purity of shared
	@scripts/check.sh format
	@scripts/dashboard.sh
	@scripts/check.sh clippy clippy_wasm supply_chain pure one_tls

unit: setup ## the tests inside the crates, and the rules of the house
	@scripts/test.sh -E 'not package(hourglass-tests) + binary(tidy)'

api: setup ## the stories over HTTP, and the contracts of the ports
	@scripts/test.sh -E 'binary(api) + binary(contract)'

simulate: setup ## the simulation; SEED=… STEPS=… plays one history again, and tells how it ended
	@SEED=$(SEED) STEPS=$(STEPS) scripts/test.sh $(if $(SEED),--no-capture) -E 'binary(simulation)$(if $(SEED), & (test(every_history_holds) + test(core::first_quarter)))'

cuts: setup ## the program dies among 200 payers, on both databases; TIMES=… sets how often, default 30
	@HOURGLASS_POWER_CUTS=$(or $(TIMES),30) scripts/test.sh --no-capture -E 'binary(api) & test(many_power_cuts)'

browser: setup ## the stories in a browser
	@scripts/test.sh -E 'binary(browser)'

face: setup ## every page in every state: axe, overflow, targets, the keyboard, what is asked for first
	@scripts/test.sh --no-capture -E 'binary(browser) & test(every_page)'

contact-sheet: setup ## pictures of every page, narrow and wide, light and dark, in both languages: target/contact-sheet
	@HOURGLASS_FACE=contact_sheet scripts/test.sh --no-capture -E 'binary(browser) & test(every_page)'

inp: setup ## how soon pages answer a finger on a processor that is six times slower
	@HOURGLASS_FACE=inp scripts/test.sh --no-capture -E 'binary(browser) & test(every_page)'

network: setup ## the panels page on a slow network and on none, with pictures: target/network
	@HOURGLASS_FACE=network scripts/test.sh --no-capture -E 'binary(browser) & test(every_page)'

lighthouse: setup dashboard ## Lighthouse on the panels page in both languages, at a release build: target/lighthouse
	@scripts/lighthouse.sh

test-odoo: setup ## a real Odoo 19, which it fetches (1.6 GB, once): the contract of the host, nginx before it, the seconds of each step
	@scripts/odoo.sh run scripts/test.sh --profile real-odoo

mutants: ## does a test notice when the billing core is changed? Takes hours. FILE=… for one file
	@scripts/mutants.sh $(if $(FILE),--re '^$(FILE)')

setup: ## all that `make test` needs
	@scripts/setup.sh test

dashboard: ## web/dist, if anything that it is made of has changed
	@scripts/setup.sh demo
	@scripts/dashboard.sh

build: dashboard ## the program as it is deployed: one file
	@source scripts/env.sh && cargo build --locked --release -p hourglass && ls -lh "$$CARGO_TARGET_DIR/release/hourglass"

bench: setup dashboard ## figures of the core, what closing costs beside many idle panels, the gate beside an empty handler
	@source scripts/env.sh && cargo bench --locked -p shared
	@source scripts/env.sh && scripts/postgres.sh run cargo bench --locked -p hourglass-tests --bench closing --bench gate

openapi: dashboard ## openapi.yaml, from the code
	@source scripts/env.sh && cargo run --locked -p hourglass -- openapi >openapi.yaml.new && mv openapi.yaml.new openapi.yaml

deny: ## licences, banned crates, sources, known holes
	@scripts/check.sh supply_chain

clean: ## what was built, here and in the cache; the tools stay
	@source scripts/env.sh && rm -rf web/dist .demo target "$$cache/target" "$$cache/target-wasm"
