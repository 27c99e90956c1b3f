"""The difference as a document of the reports' own kind: what changed, then who gains and who loses."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.rule_diff.diff import Diff
from orchestration.rule_diff.ranking import Moved, Ranking
from reports.content import (
    Block,
    BridgeChart,
    Column,
    Company,
    DataBox,
    DetailColumn,
    DetailTable,
    Document,
    Figure,
    Kind,
    Language,
    Row,
    Section,
    Table,
    Text,
)
from reports.figures import difference
from reports.text import Writer, words

if TYPE_CHECKING:
    import pyarrow as pa

MOST_MEASURES, MOST_PERIODS, TOP, STEPS, NAME_WIDTH = 4, 12, 10, 6, 36
KINDS: dict[str, Kind] = {"amount": "amount", "rate": "rate", "count": "count", "days": "days", "value": "count"}
DETAIL = (
    "diff_mart",
    "diff_measure",
    "period",
    "diff_org_unit_id",
    "diff_employee_id",
    "diff_customer_id",
    "diff_rest",
)


def page(found: Diff, company: Company, language: Language) -> Document:
    """The document in one language."""
    return _Page(found, Writer.of(company, language)).document(getattr(company.name, language))


def write(found: Diff, company: Company, language: Language, out: Path) -> None:
    """The document as a file, by the ending of its name."""
    from reports.formats import html, pdf, xlsx

    document = page(found, company, language)
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix == ".html":
        out.write_text(html.render(document), encoding="utf-8")
    elif out.suffix == ".pdf":
        out.write_bytes(pdf.render(document))
    else:
        xlsx.write(document, out)


def measure_name(found: Diff, measure: str, language: Language) -> str:
    """What a figure is called."""
    named = [words()[key][language] for key in (f"diff_{measure}", measure) if key in words()]
    name = next(iter(named), found.names.get(measure, measure.replace("_", " ")))
    return name[:1].upper() + name[1:]


def top_movers(ranking: Ranking) -> tuple[tuple[Moved, ...], Moved | None]:
    """The ten largest, and what the others come to; no sum of what does not add up."""
    shown, left = ranking.movers[:TOP], ranking.movers[TOP:]
    if not left or not ranking.adds_up:
        return shown, None
    before = sum((one.before or Decimal(0) for one in left), Decimal(0))
    return shown, Moved(str(len(left)), before, before + sum((one.change for one in left), Decimal(0)))


def figures_of(ranking: Ranking, moved: Moved) -> tuple[Figure, Figure, Figure]:
    """Before, after, and the change between them."""
    kind = KINDS.get(ranking.measure.rpartition("_")[2], "count")
    keys = ((ranking.subject, moved.id), ("period", ranking.period.id))
    before, after = (Figure(value, kind, ranking.mart, ranking.measure, keys) for value in (moved.before, moved.after))
    return before, after, difference(after, before)


class _Page:
    """The document while it is written: what was found, and who writes it."""

    def __init__(self, found: Diff, writer: Writer) -> None:
        self.found, self.writer = found, writer
        self.measures = list(dict.fromkeys(ranking.measure for ranking in found.rankings))

    def document(self, company: str) -> Document:
        """Head, sections and rows behind them; the files bear the time of the data, not of the comparison."""
        found, word = self.found, self.writer.word
        seconds = f"{sum(model.seconds for model in found.models):.1f}"
        facts = [company, word("diff_facts_rules", n=len(found.rules))]
        facts += [word("diff_facts_models", n=len(found.models), seconds=seconds)] if found.models else []
        facts += [word("diff_facts_figures", n=f"{found.figures:,}")]
        models = ", ".join(model.name for model in found.models) or "—"
        lead, verdict = self._verdict()
        return Document(
            name="rule_diff",
            language=self.writer.language,
            title=word("diff_title"),
            subtitle=word("diff_subtitle", day=found.as_of.isoformat()),
            status=word("diff_status"),
            is_final=False,
            facts=tuple(facts),
            subject=(),
            lead=lead,
            verdict=verdict,
            sections=tuple(self._sections()),
            data_box=DataBox((word("diff_box", models=models),), (word("diff_origin", snapshot=found.snapshot),)),
            money=self.writer.money,
            show_money_in=self.writer.show_money_in,
            currency=self.writer.currency,
            scope_id="company",
            period_label=found.as_of.isoformat(),
            cutoff=found.as_of,
            snapshot=found.snapshot,
            built_at=datetime.combine(found.as_of, time()),
            detail=(self._detail(),) if found.figures else (),
        )

    def _verdict(self) -> tuple[tuple, tuple]:
        found, writer = self.found, self.writer
        if not found.rankings:
            key = "diff_no_figures" if found.rules and not found.changes_figures else "diff_nothing"
            return ((writer.word(key),), ()) if not found.changes_figures else ((), (self._more(),))
        first = found.rankings[0]
        before, after, change = figures_of(first, first.period)
        lead = writer.sentence(
            "diff_lead", period=first.period.id, measure=self._name(first), before=before, after=after, change=change
        )
        people = next((r for r in found.rankings if r.measure == first.measure and r.subject == "employee_id"), first)
        up = sum(one.change > 0 for one in people.movers)
        verdict = writer.word(
            "diff_verdict", subjects=writer.word(f"diff_{people.subject}s"), up=up, down=len(people.movers) - up,
            first=first.periods[0].id, last=first.period.id,
        )  # fmt: skip
        return lead, (verdict,)

    def _sections(self) -> Iterator[Section]:
        if self.found.rules:
            yield self._rules()
        for measure in self.measures[:MOST_MEASURES]:
            mine = [ranking for ranking in self.found.rankings if ranking.measure == measure]
            yield self._periods(mine[0])
            yield from (self._ranked(ranking) for ranking in mine)
        if len(self.found.measures) > MOST_MEASURES:
            yield Section("more", "", (), (Text((self._more(),)),))

    def _more(self) -> str:
        rest = [name for name in self.found.measures if name not in self.measures[:MOST_MEASURES]]
        return self.writer.word("diff_more", n=len(rest), names=", ".join(rest))

    def _rules(self) -> Section:
        word, rows = self.writer.word, []
        for change in self.found.rules:
            rule = f"{change.title} · {change.rule_id}"
            if change.kind != "changed":
                told = (
                    word("diff_instead", rule=change.instead_of) if change.instead_of else word(f"diff_{change.kind}")
                )
                rows.append(Row(((rule,), (told,), None, None)))
            for key in change.keys if change.kind != "gone" else ():
                rows.append(
                    Row((("",) if rows and change.kind == "new" else (rule,), (key.key,), (key.before,), (key.after,)))
                )
        columns = tuple(
            Column(word(name), numeric=False) for name in ("diff_rule", "diff_key", "diff_before", "diff_after")
        )
        table = Table("rules", columns, tuple(rows))
        return Section("rules", word("diff_rules"), (word("diff_rules_note"),), (table,))

    def _periods(self, ranking: Ranking) -> Section:
        shown = [one for one in ranking.periods if one.before is not None or one.after is not None][-MOST_PERIODS:]
        rows = tuple(self._row(ranking, one, one.id) for one in shown)
        blocks: list[Block] = [self._table(f"periods_{ranking.measure}", self.writer.word("period"), rows)]
        blocks += [self._bridge(ranking)] if ranking.adds_up and ranking.subject == "org_unit_id" else []
        return Section(
            f"periods_{ranking.measure}",
            self.writer.word("diff_periods", measure=self._name(ranking)),
            (self.writer.word("diff_periods_note", n=len(shown)),),
            tuple(blocks),
            half=True,
        )

    def _ranked(self, ranking: Ranking) -> Section:
        shown, others = top_movers(ranking)
        rows = [self._row(ranking, one, self._who(one)) for one in shown]
        if others:
            rows.append(replace(self._row(ranking, others, self.writer.word("others", n=others.id)), role="others"))
        subject = self.writer.word(f"diff_{ranking.subject}")
        title = self.writer.word("diff_by", measure=self._name(ranking), subject=subject, period=ranking.period.id)
        return Section(
            f"{ranking.measure}_{ranking.subject}",
            title,
            (self.writer.word("diff_by_note", n=len(ranking.movers)),),
            (self._table(f"{ranking.measure}_{ranking.subject}", subject, tuple(rows)),),
            half=True,
        )

    def _bridge(self, ranking: Ranking) -> BridgeChart:
        """From nothing to the whole change over the units that move it most."""
        total = figures_of(ranking, ranking.period)[2]
        big = ranking.movers[:STEPS]
        steps = [(self._who(one), figures_of(ranking, one)[2]) for one in big]
        left = total.number - sum((figure.number for _, figure in steps), Decimal(0))
        steps += [(self.writer.word("diff_others"), replace(total, value=left))] if left else []
        start = (self.writer.word("diff_bridge_start"), replace(total, value=Decimal(0)))
        alt = self.writer.sentence("diff_bridge_alt", measure=self._name(ranking), total=total)
        end = (self.writer.word("diff_sum"), total)
        return BridgeChart(f"bridge_{ranking.measure}", alt, start, tuple(steps), end)

    def _table(self, name: str, first: str, rows: tuple[Row, ...]) -> Table:
        heads = [self.writer.word(key) for key in ("diff_before", "diff_after", "diff_change")]
        return Table(name, (Column(first, numeric=False, weight=2), *map(Column, heads)), rows)

    def _row(self, ranking: Ranking, moved: Moved, name: str) -> Row:
        return Row(((name,), *((figure,) for figure in figures_of(ranking, moved))))

    def _name(self, ranking: Ranking) -> str:
        return measure_name(self.found, ranking.measure, self.writer.language)

    def _who(self, moved: Moved) -> str:
        return self.writer.short_name({"name": self.found.names.get(moved.id, moved.id)}, NAME_WIDTH)

    def _detail(self) -> DetailTable:
        columns = [DetailColumn(self.writer.word(key), "text") for key in DETAIL]
        columns += [DetailColumn(self.writer.word(f"diff_{side}"), "number") for side in ("before", "after", "change")]
        title, note = self.writer.word("diff_detail"), self.writer.word("diff_detail_note")
        return DetailTable("differences", title, note, tuple(columns), _batches(self.found.differences))


def _batches(table: "pa.Table") -> "list[pa.RecordBatch]":
    return table.to_batches()
