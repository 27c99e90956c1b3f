"""Closing months by subject: an append-only register, and the figures as they stood at each closing."""

from orchestration.closing.register import TABLES, Act, in_force, read, record

__all__ = ["TABLES", "Act", "in_force", "read", "record"]
