# Everything that is done with this repository. `make` alone lists it.

PYTHON ?= python3
PY := .venv/bin/python
READY := .venv/.ready
CHAPTER ?=
ASSIGNMENT ?=
PYODIDE ?= build/pyodide
BASES ?= 6
STUDY ?=
CLUSTER ?=
CONFIRM ?=
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
# One thread a process: two threads on small matrices are slower, and sums may differ.
export OPENBLAS_NUM_THREADS = 1
export PYTHON CHROMIUM PYODIDE
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
HINT = { echo "what to do: $(1)" >&2; exit 1; }

.PHONY: help book pdf translations slides grade linkcheck serve test test-library test-chapters test-notebooks test-site test-explore test-lite notebooks \
	assignments test-assignments test-graders studies test-studies \
	lite-offline pyodide claims diff bench lighthouse lint format peers peers-jax browser address clean clean-venv

help:  ## list the targets
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

$(READY): requirements.txt pyproject.toml scripts/venv.sh
	@sh scripts/venv.sh
	@touch $@

# What changes every page: then the book is built anew.
_build/.settings: _config.yml _toc.yml $(wildcard _ext/*/*.* _ext/*/site/* _ext/*/site/*/* _static/* _templates/* _templates/*/*) $(READY)
	@rm -rf _build && mkdir _build && touch $@

book: _build/.settings  ## build the website into _build/html (a second run takes seconds)
	@echo "building the website"
	@.venv/bin/jupyter-book build . -W -n --keep-going --quiet > /dev/null || { rm -rf _build; \
		$(call HINT,mend the warnings above (each one counts as an error) and run make book again); }
	@$(MAKE) --no-print-directory --silent _build/.korean
	@$(MAKE) --no-print-directory --silent _build/.lite
	@$(PY) scripts/check_site.py

# The Korean edition below it; anew when a page, a catalogue or what builds them has changed.
_build/.korean: _build/.settings $(wildcard locale/ko/*.po index.md chapters/*.* assignments/*/*.* scripts/*.py dlcourse/*.* references.bib)
	@$(PY) scripts/make_korean.py
	@touch $@

# The chapters and assignments to run in the reader's browser; anew when one or the library has changed.
_build/.lite: $(READY) _build/.korean $(wildcard chapters/*.ipynb assignments/*/solution.py dlcourse/*.* dlcourse/*/*.*) $(addprefix scripts/,make_lite.py runnable.py plain_markdown.py book_facts.py figure_files.py published_assignments.py assignment_notebooks.py) references.bib
	@$(PY) scripts/make_lite.py _build/html/lite
	@touch $@

lite-offline: book  ## the site with Pyodide inside, for readers who reach no other host (PYODIDE=DIR)
	@$(PY) scripts/make_lite.py _build/html/lite --pyodide $(PYODIDE)
	@rm -f _build/.lite

pyodide: $(READY)  ## put together such a Pyodide in build/pyodide (downloads 120 MB)
	@$(PY) scripts/make_pyodide.py build/pyodide

pdf: book  ## print both editions into build/dlcourse.pdf and dlcourse-ko.pdf (needs Chromium: make browser)
	@$(PY) scripts/make_pdf.py

slides: book  ## print the slides of all chapters into build/slides (the site has them as pages)
	@$(PY) scripts/make_slides.py

translations: $(READY)  ## bring the catalogues of the Korean edition up to date (PAGE=04-initialization begins a page)
	@$(PY) scripts/catalogues.py $(PAGE)
	@$(PY) scripts/edition_faults.py || $(call HINT,CONTRIBUTING.md says what to do without Korean)

linkcheck: $(READY)  ## ask every outside link whether it is still there (needs the network)
	@.venv/bin/jupyter-book build . --builder linkcheck --quiet || \
		$(call HINT,mend the links marked broken above; some hosts turn machines away)

serve: book  ## build the website and show it at http://localhost:8000
	@echo "open http://localhost:8000 in a browser; Ctrl-C stops"
	@$(PY) -m http.server 8000 --bind 127.0.0.1 --directory _build/html

# Building the book keeps one core busy; the chapters run beside it.
test: lint  ## everything that CI checks
	@$(MAKE) --no-print-directory -o $(READY) -j 2 book test-chapters
	@$(MAKE) --no-print-directory -o $(READY) -o book test-library test-studies test-assignments test-notebooks \
		test-runnable test-explore test-site test-lite
	@echo "make test: all is well"

test-library: $(READY)  ## the library: tests and the examples in its docstrings
	@$(PY) -m pytest -n auto --doctest-modules dlcourse tests/library || \
		$(call HINT,read the failure above; one test again: $(PY) -m pytest -k NAME tests/library)

test-studies: $(READY)  ## run a sample of the studies' rows again (STUDY_SEED=7 repeats one)
	@$(PY) -m pytest tests/studies || \
		$(call HINT,if the code has changed or a row is wrong: make studies STUDY=NAME)

test-assignments: $(READY)  ## the checks of assignments, and what is made from their sources
	@$(PY) -m pytest -n auto tests/assignments || \
		$(call HINT,if a notebook has drifted from its source: make assignments)

test-chapters: $(READY)  ## run every chapter and compare all outputs with the stored ones
	@$(PY) -m pytest -n auto --dist loadfile --nbval --nbval-sanitize-with tests/notebooks/sanitize.cfg \
		chapters/*.ipynb || \
		$(call HINT,if the new output is right store it with: make notebooks CHAPTER=1)

test-notebooks: $(READY)  ## what is stored in the chapters, and the canaries
	@$(PY) -m pytest -n auto --dist loadfile tests/notebooks || \
		$(call HINT,CONTRIBUTING.md has the rules for stored outputs)

test-runnable: $(READY)  ## the notebooks that JupyterLite, Binder, Colab and the download button get
	@$(PY) -m pytest -n auto tests/runnable || \
		$(call HINT,a new role or directive needs a plain form: scripts/plain_markdown.py)

test-explore: $(READY)  ## the figures that move compute what the library computes (under Node)
	@$(PY) -m pytest -n auto tests/explore || \
		$(call HINT,_static/explore has one module a figure; its cell says what it must compute)

test-site: book  ## links, pictures, mathematics and accessibility of the built site
	@$(PY) -m pytest -n auto --dist loadgroup tests/site || \
		$(call HINT,look at the page with make serve; if Chromium is missing: make browser)

test-lite: book  ## chapter 1 in Pyodide, and JupyterLite in a browser (needs make pyodide)
	@$(PY) -m pytest -n auto tests/lite || \
		$(call HINT,if Pyodide is missing: make pyodide; if Chromium is: make browser)

notebooks: $(READY)  ## run chapters in place and store their outputs (CHAPTER=1 for one; FRESH=1 draws all pictures anew)
	@$(PY) scripts/run_notebooks.py $(if $(FRESH),--fresh) $(CHAPTER)

diff: $(READY)  ## what changed in the notebooks since the last commit, without pictures
	@.venv/bin/nbdiff -M -I --no-color HEAD chapters | cut -c1-200

assignments: $(READY)  ## the students' notebooks, and build/assignments.zip to hand out
	@$(PY) scripts/make_assignments.py

bank: $(READY)  ## the question bank: Moodle XML, GIFT and QTI 2.1 (the site has them, too)
	@$(PY) scripts/question_bank.py build/bank

grade: $(READY)  ## grade a class: make grade FOLDER=submissions [OUT=grades]
	@test -n "$(FOLDER)" || { echo "say where the notebooks are: make grade FOLDER=submissions"; exit 2; }
	@$(PY) scripts/grade_class.py "$(FOLDER)" --out "$(or $(OUT),grades)" $(OPTIONS)

build/graders/.ready:
	@echo "installing otter-grader and nbgrader into build/graders"
	@$(PYTHON) -m venv build/graders
	@build/graders/bin/pip install --quiet --disable-pip-version-check otter-grader nbgrader matplotlib
	@touch $@

test-graders: $(READY) build/graders/.ready  ## grade made-up classes with all graders (ASSIGNMENT=dropout for one; 50 minutes; goes on where it was)
	@$(PY) scripts/check_class.py $(ASSIGNMENT) || $(call HINT,read the lines above)
	@$(PY) scripts/check_graders.py --bin build/graders/bin $(ASSIGNMENT) || \
		$(call HINT,read the lines marked EXPECTED above)

claims: $(READY)  ## run all claims anew from several base seeds (BASES=6; CHAPTER=1 or which for one; WORKERS=1)
	@$(PY) scripts/run_claims.py $(BASES) "$(CHAPTER)" $(WORKERS) || \
		$(call HINT,a claim that depends on its seeds is not yet understood: see CONTRIBUTING.md)

studies: $(READY)  ## compute the long experiments on all cores (STUDY=name for one; CLUSTER=ADDRESS)
	@$(PY) scripts/$(if $(CONFIRM),confirm,run)_studies.py $(STUDY) $(if $(CLUSTER),--cluster $(CLUSTER)) || \
		$(call HINT,see the lines above; what was finished is kept and a second run goes on)

lighthouse: book  ## grade pages for a phone and a desk (RUNS=5; PAGE=chapters/run for one; needs npm's registry)
	@$(PY) scripts/lighthouse.py $(or $(RUNS),5) $(PAGE) || $(call HINT,see the lines above; Chromium missing? make browser)

bench: $(READY)  ## measure the speed beside other libraries (needs make peers and peers-jax; takes minutes)
	@$(PY) benchmarks/run.py || $(call HINT,PyTorch or another peer missing? make peers)

lint: $(READY)  ## check the form of the code and of the notebooks' code
	@$(PY) -m ruff format --check . || $(call HINT,make format)
	@$(PY) -m ruff check . || $(call HINT,mend the lines above; make format mends many of them)

format: $(READY)  ## bring the code into that form
	@$(PY) -m ruff check --fix-only --quiet . ; $(PY) -m ruff format .

peers: $(READY)  ## install PyTorch and others that the library is compared with
	@echo "installing requirements-peers.txt into .venv (PyTorch is large)"
	@$(PIP) -r requirements.txt -r requirements-peers.txt || $(call HINT,see the lines above; is the network there?)

peers-jax: $(READY)  ## install JAX and optax, for the table of compiled steps that make bench writes
	@echo "installing requirements-jax.txt into .venv"
	@$(PIP) -r requirements.txt -r requirements-jax.txt || $(call HINT,see the lines above; is the network there?)

address: $(READY)  ## move the project to another home: REPOSITORY=OWNER/NAME SITE=https://HOST/PATH/
	@$(PY) scripts/address.py "$(REPOSITORY)" "$(SITE)" || \
		$(call HINT,make address REPOSITORY=OWNER/NAME SITE=https://HOST/PATH/)

browser:  ## install Chromium and a Korean font with apt-get where they are missing
	@sh scripts/browser.sh

clean:  ## delete what was built (.venv stays)
	@rm -rf _build build .pytest_cache .ruff_cache .hypothesis *.egg-info
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

clean-venv: clean  ## delete .venv too
	@rm -rf .venv
