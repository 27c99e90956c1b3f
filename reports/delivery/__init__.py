"""Who gets a report, and how it gets there."""
