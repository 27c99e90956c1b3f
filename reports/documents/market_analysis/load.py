"""What the market analysis asks of the marts; market sizes and prices are known for the whole company only."""

from dataclasses import dataclass

from reports.documents.market_analysis.questions import Questions
from reports.documents.shared.load import ReportData, common
from reports.figures import Record
from reports.marts import Marts
from reports.periods import Period


@dataclass(frozen=True, kw_only=True)
class MarketData(ReportData):
    """The answers, as records that remember mart and keys."""

    shares: tuple[Record, ...]
    trends: tuple[Record, ...]
    prices: tuple[Record, ...]
    segments: tuple[Record, ...]
    wins: Record
    competitors: tuple[Record, ...]
    lost_reasons: tuple[Record, ...]
    themes: tuple[Record, ...]
    routing: Record
    items: tuple[Record, ...]
    channels: tuple[Record, ...]
    moves: tuple[Record, ...]


def load(marts: Marts, period: Period, scope: str) -> MarketData:
    """Everything the report says about a unit and all below it; UserError for an unknown unit."""
    shared = common(marts, period, scope)
    asked = Questions(marts, period, scope)
    is_whole = shared["is_whole"]
    sized = asked.sized_period() if is_whole else None
    return MarketData(
        **shared,
        shares=asked.shares(sized),
        trends=asked.trends(sized),
        prices=asked.prices() if is_whole else (),
        segments=asked.segments() if is_whole else (),
        wins=asked.wins(),
        competitors=asked.competitors(),
        lost_reasons=asked.lost_reasons(),
        themes=asked.themes(),
        routing=asked.routing(),
        items=asked.items(),
        channels=asked.channels(),
        moves=asked.moves() if is_whole else (),
    )
