"""From files to typed, accounted tables."""
