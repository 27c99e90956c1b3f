"""Reports as assets."""
