"""The pipeline: settings, command line, ingest, publish, and the only code that knows Dagster."""
