"""The chapters of the rulebook, one module each: what a rule of it states, and the tables that it compiles to.

What its keys and choices are called in both languages stands in `rulebook/words/<module>.yml`; see rulebook/words.
"""

from rulebook.chapters.authority import Authority
from rulebook.chapters.calendar import Holidays
from rulebook.chapters.collection import Collection
from rulebook.chapters.duties import Duties
from rulebook.chapters.forms import FormRule
from rulebook.chapters.order_to_cash import OrderToCash
from rulebook.chapters.process import Process
from rulebook.chapters.reports import ReportRule
from rulebook.chapters.sales_basis import SalesBasis
from rulebook.chapters.seasonality import Seasonality
from rulebook.chapters.target_basis import TargetBasis
from rulebook.chapters.target_splits import TargetSplits
from rulebook.chapters.targets import Targets
from rulebook.rule import Rule

CHAPTERS: dict[str, type[Rule]] = {
    "authority": Authority,
    "calendar": Holidays,
    "collection": Collection,
    "duties": Duties,
    "forms": FormRule,
    "order_to_cash": OrderToCash,
    "process": Process,
    "reports": ReportRule,
    "sales_basis": SalesBasis,
    "seasonality": Seasonality,
    "target_basis": TargetBasis,
    "target_splits": TargetSplits,
    "targets": Targets,
}
"""Chapter (the file is `rulebook/<chapter>.yml`, a list of rules) → what a rule of it states."""
