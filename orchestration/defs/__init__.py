"""The Dagster shells around the pure functions."""
