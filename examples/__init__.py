"""Example companies."""
