"""The chapters of the rulebook, one module each: what a rule of it states, and the tables that it compiles to.

What its keys and choices are called in both languages stands in `rulebook/words/<module>.yml`; see rulebook/words.
"""

from rulebook.chapters.alerts import Alert
from rulebook.chapters.authority import Authority
from rulebook.chapters.bonus import Bonus
from rulebook.chapters.calendar import Holidays
from rulebook.chapters.collection import Collection
from rulebook.chapters.commission import Commission
from rulebook.chapters.complaint_sla import ComplaintSla
from rulebook.chapters.contests import Contest
from rulebook.chapters.customer_class import CustomerClass
from rulebook.chapters.duties import Duties
from rulebook.chapters.feedback_routing import FeedbackRouting
from rulebook.chapters.forms import FormRule
from rulebook.chapters.handovers import Handovers
from rulebook.chapters.metrics import Metrics
from rulebook.chapters.order_to_cash import OrderToCash
from rulebook.chapters.price_policy import PricePolicy
from rulebook.chapters.process import Process
from rulebook.chapters.promotions import Promotion
from rulebook.chapters.quotas import Quotas
from rulebook.chapters.rebates import Rebate
from rulebook.chapters.reports import ReportRule
from rulebook.chapters.rewards import Rewards
from rulebook.chapters.sales_basis import SalesBasis
from rulebook.chapters.scorecards import Scorecard
from rulebook.chapters.seasonality import Seasonality
from rulebook.chapters.segments import Segments
from rulebook.chapters.target_basis import TargetBasis
from rulebook.chapters.target_splits import TargetSplits
from rulebook.chapters.targets import Targets
from rulebook.chapters.visit_cadence import VisitCadence
from rulebook.rule import Rule

CHAPTERS: dict[str, type[Rule]] = {
    "alerts": Alert,
    "authority": Authority,
    "bonus": Bonus,
    "calendar": Holidays,
    "collection": Collection,
    "commission": Commission,
    "complaint_sla": ComplaintSla,
    "contests": Contest,
    "customer_class": CustomerClass,
    "duties": Duties,
    "feedback_routing": FeedbackRouting,
    "forms": FormRule,
    "handovers": Handovers,
    "metrics": Metrics,
    "order_to_cash": OrderToCash,
    "price_policy": PricePolicy,
    "process": Process,
    "promotions": Promotion,
    "quotas": Quotas,
    "rebates": Rebate,
    "reports": ReportRule,
    "rewards": Rewards,
    "sales_basis": SalesBasis,
    "scorecards": Scorecard,
    "seasonality": Seasonality,
    "segments": Segments,
    "target_basis": TargetBasis,
    "target_splits": TargetSplits,
    "targets": Targets,
    "visit_cadence": VisitCadence,
}
"""Chapter (the file is `rulebook/<chapter>.yml`, a list of rules) → what a rule of it states."""
