"""Pure functions from an export to typed lake batches: read, map, type, account, quarantine."""
