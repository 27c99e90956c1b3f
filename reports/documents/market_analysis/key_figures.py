"""The table of key figures: market, share, winning, prices and feedback, each with its n and what it rests on."""

from dataclasses import replace

from reports.content import Block, Cell, Column, Figure, Row, Section, Sentence, Table, Text
from reports.documents.market_analysis.desk import Desk
from reports.documents.shared.tables import without_empty_columns
from reports.figures import Record, difference, growth, toned

LEADING = ("market_size", "share_value", "win_rate", "closed_loop")
COMPANY_ONLY = ("market_size", "share_value", "price_index")
Line = tuple[Cell, ...]


def section(desk: Desk) -> Section:
    """The key figures; the share of feedback that is answered has no change: the latest had least time for it.

    Measures that the company does not supply are named below the table, not shown empty.
    """
    rows = {**(_market(desk) if desk.data.is_whole else {}), **_winning(desk)}
    rows |= {**(_prices(desk) if desk.data.is_whole else {}), **_feedback(desk)}
    word = desk.writer.word
    missing = tuple(word(name) for name, cells in rows.items() if cells is None)
    shown = tuple(
        Row(((word(name),), *cells), role="" if name in LEADING else "minor")
        for name, cells in rows.items()
        if cells is not None
    )
    columns = (
        Column("", numeric=False, weight=0),
        *(
            Column(word(title))
            for title in ("value", "last_year", "change_on_year", f"change_{desk.data.period.kind}", "n")
        ),
        Column(word("basis"), numeric=False, weight=3.2),
    )
    blocks: list[Block] = [without_empty_columns(Table("key_figures", columns, shown))] if shown else []
    if missing:
        blocks.append(Text(desk.writer.sentence("not_supplied", names=desk.listed(missing))))
    if not desk.data.is_whole:
        names = tuple(word(name) for name in COMPANY_ONLY)
        blocks.append(Text(desk.writer.sentence("company_only", names=desk.listed(names))))
    return Section("key_figures", word("key_figures"), _note(desk), tuple(blocks), mailed=True)


def _note(desk: Desk) -> Sentence:
    """The unit of money, and what the size of the market rests on."""
    if desk.share is None:
        return (desk.writer.money,)
    return desk.writer.sentence("key_figures_note", money=desk.writer.money, basis=desk.basis(desk.share))


def _market(desk: Desk) -> dict[str, Line | None]:
    share = desk.share
    if share is None:
        return dict.fromkeys(("market_size", "covered_sales", "share_value", "share_volume", "relative_share"))
    basis = str(share.values["period_label"])
    coverage = desk.writer.sentence("coverage", rate=share.rate("coverage_rate", "no_sales"))
    own = _grown(share, "covered_sales_amount", 1)
    return {
        "market_size": (*_grown(share, "market_amount", 0), None, None, (basis,)),
        "covered_sales": (*own, None, None, coverage),
        "share_value": _shared(share, "", basis),
        "share_volume": _shared(share, "volume_", basis),
        "relative_share": _plain(share.rate("relative_share_rate"), (basis,)),
    }


def _grown(record: Record, measure: str, better: int) -> Line:
    now, before = record.amount(measure), record.amount(f"prior_year_{measure}", "no_base")
    return (now,), (before,), (toned(growth(now, before), better),)


def _shared(record: Record, prefix: str, basis: str) -> Line | None:
    now = record.rate(f"{prefix}share_rate")
    before, change = record.rate(f"prior_year_{prefix}share_rate", "no_base"), record.figure(
        f"{prefix}share_change", "points", "no_base")  # fmt: skip
    if now.value is None:
        return None
    return (now,), (before,), (toned(replace(change, signed=True), 1),), None, None, (basis,)


def _plain(now: Figure, basis: Cell, n: Cell = None) -> Line | None:
    return ((now,), None, None, None, n, basis) if now.value is not None else None


def _winning(desk: Desk) -> dict[str, Line | None]:
    named = desk.any_competitor
    wins = desk.data.wins
    excluded = wins.count("excluded_count")
    basis = desk.writer.sentence("win_basis", n=excluded) if excluded.value else (desk.writer.word("win_basis_plain"),)
    return {
        "win_rate": _won(wins, "win_rate", basis),
        "win_rate_any": _won(named, "win_rate", (desk.writer.word("any_basis"),)) if named else None,
    }


def _won(record: Record, measure: str, basis: Cell) -> Line | None:
    now, count = record.rate(measure, "no_closed"), record.count("closed_count")
    if now.value is None:
        return None
    year, prior = record.rate(f"prior_year_{measure}", "no_base"), record.rate(f"prior_{measure}", "no_base")
    changes = [toned(difference(now, before), 1) for before in (year, prior)]
    return (now,), (year,), (changes[0],), (changes[1],), (count,), basis


def _prices(desk: Desk) -> dict[str, Line | None]:
    price, word = desk.price, desk.writer.word
    if price is None:
        return {"price_index": None}
    return {"price_index": _plain(price.rate("price_index_rate", "no_base"), (word("price_index_basis"),))}


def _feedback(desk: Desk) -> dict[str, Line | None]:
    routing, word = desk.data.routing, desk.writer.word
    heard = routing.count("mention_count")
    if not heard.value:
        return dict.fromkeys(("closed_loop", "mentions"))
    closed = routing.rate("closed_loop_rate", "no_feedback")
    year = routing.count("prior_year_mention_count")
    days = routing.days("mean_decide_days")
    basis = desk.writer.sentence("loop_basis", days=days) if days.value is not None else (word("loop_basis_plain"),)
    more = replace(routing.count("mention_change_count"), signed=True)
    return {
        "closed_loop": _plain(closed, basis, (heard,)),
        "mentions": ((heard,), (year,), (difference(heard, year),), (more,), None, None),
    }
