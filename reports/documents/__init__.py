"""One module per report: what it says."""
