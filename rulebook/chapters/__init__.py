"""The chapters of the rulebook, one module each: what a rule of it states, and the tables that it compiles to.

What its keys and choices are called in both languages stands in `rulebook/words/<module>.yml`; see rulebook/words.
"""

from rulebook.chapters.calendar import Holidays
from rulebook.chapters.collection import Collection
from rulebook.chapters.forms import FormRule
from rulebook.chapters.order_to_cash import OrderToCash
from rulebook.chapters.reports import ReportRule
from rulebook.chapters.sales_basis import SalesBasis
from rulebook.rule import Rule

CHAPTERS: dict[str, type[Rule]] = {
    "calendar": Holidays,
    "collection": Collection,
    "forms": FormRule,
    "order_to_cash": OrderToCash,
    "reports": ReportRule,
    "sales_basis": SalesBasis,
}
"""Chapter (the file is `rulebook/<chapter>.yml`, a list of rules) → what a rule of it states."""
