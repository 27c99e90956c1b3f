"""Which step works best and which worst over twelve months, and how far sellers lie apart."""

from reports.content import Block, Cell, Column, Row, Section, Sentence, Table, Text
from reports.documents.pipeline.data import Answers
from reports.documents.pipeline.desk import Desk
from reports.documents.pipeline.questions import Questions
from reports.documents.shared.tables import without_empty_columns
from reports.figures import Kind, Record, toned

STEPS, SELLERS = "mart_stage_effectiveness", "mart_seller_variation"
NAMED = ("most_effective", "least_effective", "bottleneck")
KINDS: dict[str, Kind] = {"conversion": "rate", "cycle_days": "days", "discount": "rate"}
LIMIT = 10


def load(asked: Questions) -> Answers:
    """The report's period; of a week, the month in which it ends, for there is no such comparison of weeks."""
    month = "(select max(period_start) from dim_period where period_type = 'month' and period_start < $cutoff)"
    is_week = asked.period.kind == "week"
    period = (
        f"period_type = 'month' and period_start = {month}"
        if is_week
        else "period_type = $kind and period_label = $label"
    )
    steps = f"select * from {STEPS} where group_kind = 'unit' and group_id = $scope and {period} order by stage_order"
    sellers = f"""
        select * from {SELLERS} where org_unit_id = $scope and {period}
        order by seller_count desc, role, measure, stage = 'all', stage"""
    return {
        "steps": asked.asked_of(STEPS, ("group_kind", "group_id", "period_label", "stage"), steps),
        "sellers": asked.asked_of(SELLERS, ("org_unit_id", "period_label", "role", "measure", "stage"), sellers),
    }


def sections(desk: Desk) -> list[Section]:
    """The steps, then the sellers."""
    found, word = desk.found("effectiveness", "steps"), desk.writer.word
    if not found:
        return desk.not_supplied("effectiveness")
    blocks: tuple[Block, ...] = (*_told(desk, found), _steps(desk, found))
    note = (word("effectiveness_note", money=desk.writer.money),)
    return [Section("effectiveness", word("effectiveness_title"), note, blocks, mailed=True), *_sellers(desk)]


def _told(desk: Desk, found: tuple[Record, ...]) -> tuple[Text, ...]:
    """`Negotiation converts best (81 %), Qualify worst (55 %); most is lost in Proposal.`"""
    named = {name: next((r for r in found if r.values[f"is_{name}"]), None) for name in NAMED}
    best, worst, neck = (named[name] for name in NAMED)
    said: list[Sentence] = []
    if best and worst:
        rates = {"best_rate": best.rate("conversion_rate"), "worst_rate": worst.rate("conversion_rate")}
        said.append(desk.writer.sentence("steps_told", best=desk.stage(best), worst=desk.stage(worst), **rates))
    if neck:
        days, lost = neck.days("mean_days"), neck.amount("lost_amount")
        said.append(desk.writer.sentence("bottleneck_told", stage=desk.stage(neck), days=days, lost=lost))
    return tuple(Text(sentence) for sentence in said)


def _steps(desk: Desk, found: tuple[Record, ...]) -> Table:
    word = desk.writer.word
    lift = () if desk.data.is_whole else ("lift",)
    titles = ("left_n", "forward_n", "conversion_rate", *lift, "mean_days", "lost_n", "lost_amount")
    columns = (Column(word("stage"), numeric=False, weight=0), *(Column(word(title)) for title in titles))
    rows = tuple(Row(_step(desk, record), role="" if record.values["is_sampled"] else "minor") for record in found)
    return without_empty_columns(Table("effectiveness", columns, rows))


def _step(desk: Desk, record: Record) -> tuple[Cell, ...]:
    lift = toned(record.figure("lift_points", "points", "small_sample"), 1)
    return (
        (desk.stage(record),),
        (record.count("exited_count"),),
        (record.count("forward_count"),),
        (record.rate("conversion_rate"),),
        *(() if desk.data.is_whole else ((lift,),)),
        (record.days("mean_days"),),
        (record.count("lost_count"),),
        (record.amount("lost_amount"),),
    )


def _sellers(desk: Desk) -> list[Section]:
    found, word = desk.found("effectiveness", "sellers"), desk.writer.word
    if not found:
        return []
    columns = (
        Column(word("measure"), numeric=False, weight=0),
        *(Column(word(title)) for title in ("sellers_n", "p25", "p50", "p75", "spread")),
    )
    table = Table("variation", columns, tuple(Row(_seller(desk, record)) for record in found[:LIMIT]))
    widest = next((record for record in found if record.values["is_widest_step"]), None)
    told = (Text(desk.writer.sentence("widest_told", stage=desk.stage(widest))),) if widest else ()
    return [Section("variation", word("variation_title"), (word("variation_note"),), (*told, table))]


def _seller(desk: Desk, record: Record) -> tuple[Cell, ...]:
    values = record.values
    name = desk.writer.word(f"measure_{values['measure']}")
    kind = KINDS[values["measure"]]
    spread: Kind = "points" if kind == "rate" else kind
    shown = f"{name} · {desk.stage(record)}" if values["stage"] != "all" else name
    values_shown = ((record.figure(f"{part}_value", kind),) for part in ("p25", "p50", "p75"))
    return (shown,), (record.count("seller_count"),), *values_shown, (record.figure("spread_value", spread),)
