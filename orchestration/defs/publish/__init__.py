"""The publication as an asset."""
