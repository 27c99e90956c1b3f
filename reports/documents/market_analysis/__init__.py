"""The market analysis report: the market, competitors, what customers say, and which decisions that asks for."""

from reports.documents.market_analysis.build import build
from reports.documents.market_analysis.load import MarketData, load

__all__ = ["MarketData", "build", "load"]
