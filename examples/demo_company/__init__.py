"""A seeded demo company: Qiming Industrial, a maker of industrial parts, with its exports and the answers to them."""

from examples.demo_company.build import write

__all__ = ["write"]
