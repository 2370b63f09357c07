.DEFAULT_GOAL := help

help:  ## say what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

migration-afresh:  ## write the first migration again from the models (until the first release)
	rm -f src/ampersand/migrations/0001_initial.py
	python -m ampersand makemigrations ampersand -n initial

.PHONY: help migration-afresh
