"""What CRM won beside what ERP ordered and invoiced: by state, and every deal that does not agree."""

from collections.abc import Sequence

from reports.content import Cell, Column, Figure, Row, Section, Table, Tone, Words
from reports.documents.pipeline import compared
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.questions import within
from reports.documents.shared.tables import summed, top, without_empty_columns
from reports.figures import Record

STATES = ("matched", "timing", "different", "missing", "ordered_not_won")
AMOUNTS = ("won_amount", "ordered_amount", "invoiced_amount")


def load(asked: Questions) -> Answers:
    """Deals by state, and those that do not agree: missing first, then by the difference."""
    sums = ", ".join(f"coalesce(sum(f.{name}), 0) as {name}" for name in AMOUNTS)
    mart = "mart_won_to_cash"
    states = asked.asked_of(
        mart,
        ("state",),
        f"select state, count(*) as deal_count, {sums} from {mart} as f where {within('f.business_date')} group by state order by state",
    )
    listed = asked.listed(
        mart,
        "f.business_date",
        keys=("opportunity_id",),
        where="f.state <> 'matched'",
        order="f.state <> 'missing', f.state = 'timing', abs(f.ordered_difference_amount) desc, f.opportunity_id",
    )
    return {"states": states, "listed": listed}


def sections(desk: Desk) -> list[Section]:
    """Sums by state, and the differences."""
    states = desk.found("won_to_cash", "states")
    if not states:
        return desk.not_supplied("won_to_cash")
    word = desk.writer.word
    note = (word("won_to_cash_note", money=desk.writer.money, day=desk.writer.day(desk.data.publication["as_of"])),)
    written = [Section("won_to_cash", word("won_to_cash_title"), note, (_states(desk, states),), half=True)]
    if listed := desk.found("won_to_cash", "listed"):
        after = (word("won_to_cash_listed_note", money=desk.writer.money),)
        written.append(Section("won_to_cash_listed", word("won_to_cash_listed"), after, (_deals(desk, listed),)))
    return written


def _states(desk: Desk, found: Sequence[Record]) -> Table:
    word = desk.writer.word
    ordered = sorted(found, key=lambda record: STATES.index(record.values["state"]))
    rows = [Row(((word(f"state_{record.values['state']}"),), (record.count("deal_count"),),
                 *((record.amount(name),) for name in AMOUNTS))) for record in ordered]  # fmt: skip
    whole: tuple[Figure, ...] = tuple(
        summed(record.count(name) if name == "deal_count" else record.amount(name) for record in found)
        for name in ("deal_count", *AMOUNTS)
    )
    rows.append(Row(((word("total"),), *((figure,) for figure in whole)), role="total"))
    columns = (
        Column(word("agreement"), numeric=False),
        *(Column(word(t), weight=0) for t in ("deals", "won", "ordered", "invoiced")),
    )
    return without_empty_columns(Table("won_to_cash", columns, tuple(rows)))


def _deals(desk: Desk, found: Sequence[Record]) -> Table:
    word = desk.writer.word

    def others(left: Sequence[int]) -> tuple[Cell, ...]:
        rest = [found[place] for place in left]
        return (
            desk.others(len(rest)),
            None,
            None,
            None,
            *((summed(record.amount(name) for record in rest),) for name in AMOUNTS),
        )

    columns = (
        Column(word("customer"), numeric=False),
        Column(word("owner"), numeric=False),
        Column(word("deal"), numeric=False, weight=0),
        Column(word("agreement"), numeric=False, weight=0),
        *(Column(word(title), weight=0) for title in ("won", "ordered", "invoiced")),
    )
    rows = [Row(_deal(desk, record)) for record in found]
    return Table("won_to_cash_listed", columns, top(rows, others, compared.LISTED))


def _deal(desk: Desk, record: Record) -> tuple[Cell, ...]:
    state = str(record.values["state"])
    tone: Tone = "bad" if state in ("missing", "different", "ordered_not_won") else ""
    amounts = ((record.amount(name),) for name in AMOUNTS)
    name = desk.writer.word(f"state_{state}")
    who = compared.customer(desk, record, 40), compared.owner(desk, record)
    return *who, (str(record.values["opportunity_id"]),), (Words(name, tone),), *amounts
