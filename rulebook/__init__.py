"""The organisation's rules as typed, versioned, dated YAML, compiled to tables."""
