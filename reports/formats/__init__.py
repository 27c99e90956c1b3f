"""One module per format: how a document looks."""
