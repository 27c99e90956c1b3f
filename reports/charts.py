"""Charts of the content model drawn with Altair: actual solid, plan dashed or a tick, last year grey, bad in vermilion."""

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.content import (
    BandChart,
    BridgeChart,
    BulletChart,
    Chart,
    DumbbellChart,
    Figure,
    Line,
    LineChart,
    RangeChart,
    StackedChart,
)
from reports.text import UNITS, Writer

if TYPE_CHECKING:
    import altair as alt

FONT = "Noto Sans CJK JP"
INK, MUTED, RULE, PALE = "#1B2A38", "#6B7785", "#D9DEE4", "#EEF1F4"
BLUE, BAD, GREY = "#1F5FA8", "#C2452D", "#A9B4C0"
TONES = {"": BLUE, "good": BLUE, "bad": BAD, "muted": GREY}
AGES = ("#C9D6E5", "#F0C9A8", "#E59A6B", "#CE6B42", "#A83420", "#7F1D14", "#5C130E", "#3F0C09")
WIDTH, HEIGHT, ROW, PADDING = 380, 108, 20, 4
NAME, WIDE_NAME, GAP = 82, 116, 152
CONFIG = {
    "font": FONT,
    "background": "white",
    "padding": PADDING,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 11, "labelColor": MUTED, "title": None, "domainColor": RULE, "tickColor": RULE, "gridColor": PALE,
    },
    "text": {"fontSize": 11, "color": INK, "font": FONT},
    "legend": {"labelFontSize": 11, "labelColor": INK, "title": None, "symbolType": "square", "symbolStrokeWidth": 0},
}  # fmt: skip
"""Of every chart; set on the finished specification, because Altair copies a chart whole for each setting."""


@lru_cache(maxsize=64)
def svg(chart: Chart, writer: Writer) -> str:
    """The chart as an SVG whose texts are texts."""
    import vl_convert

    _register_fonts()
    return vl_convert.vegalite_to_svg(draw(chart, writer))


def font_folders() -> list[Path]:
    """Where the shipped fonts lie: Noto Sans CJK, regular and bold."""
    import noto_cjk_sans_jp_bold
    import noto_cjk_sans_jp_regular

    return [Path(str(font.FONT_PATH)).parent for font in (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)]


@cache
def _register_fonts() -> None:
    import vl_convert

    for folder in font_folders():
        vl_convert.register_font_directory(str(folder))


def draw(chart: Chart, writer: Writer) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    draws: dict[type, Any] = {
        LineChart: _lines, BridgeChart: _bridge, BulletChart: _bullets, StackedChart: _stacked, BandChart: _bands,
        DumbbellChart: _dumbbells, RangeChart: _ranges,
    }  # fmt: skip
    drawn = draws[type(chart)](chart, writer).to_dict(validate=False)
    return {**drawn, "config": {**drawn["config"], **CONFIG}}


def _value(figure: Figure, writer: Writer) -> float:
    """The figure in the unit in which money is shown, for the eye only: printed numbers are written by the writer."""
    scale = UNITS[writer.show_money_in] if figure.kind == "amount" else 1
    return float((figure.number) / scale)


def _text_width(texts: Iterable[str]) -> float:
    """About how wide the longest text is at 11 px; so that every chart of a page comes out equally wide."""
    return max((sum(11.2 if ord(letter) > 0x2E00 else 6.3 for letter in text) for text in texts), default=0.0)


def _room(*taken: float) -> float:
    """What is left of the chart's width."""
    return WIDTH - 2 * PADDING - sum(taken)


def _data(rows: list[dict[str, Any]]) -> "alt.Data":
    import altair as alt

    return alt.Data(values=rows)


def _lines(chart: LineChart, writer: Writer) -> Any:
    import altair as alt

    style = {"actual": (BLUE, 2.6, [1, 0]), "plan": (INK, 1.3, [4, 3]), "before": (GREY, 1.8, [1, 0])}
    points = [(line, n, figure) for line in chart.lines for n, figure in enumerate(line.points) if figure]
    top = max((_value(figure, writer) for _, _, figure in points), default=1) or 1
    x = alt.X("n:Q", scale=alt.Scale(domain=[0, len(chart.labels) - 1], nice=False)).axis(
        grid=False, values=list(range(len(chart.labels))), labelExpr=_named(chart.labels), labelOverlap=False,
        labelFlush=False, tickSize=3,
    )  # fmt: skip
    scale = alt.Scale(domain=[0, top * 1.06])
    y = alt.Y("value:Q", scale=scale).axis(
        format=",.0f" if top >= 10 else ",.1f", tickCount=4, domain=False, ticks=False
    )
    layers = []
    for line in chart.lines:
        colour, width, dash = style[line.role]
        rows = [{"n": n, "value": _value(f, writer)} for owner, n, f in points if owner is line and f.value is not None]
        mark = alt.Chart(_data(rows)).mark_line(color=colour, strokeWidth=width, strokeDash=dash, strokeCap="butt")
        layers.append(mark.encode(x=x, y=y))
        if line.role == "actual":
            layers.append(alt.Chart(_data(rows)).mark_circle(color=colour, size=26, opacity=1).encode(x=x, y=y))
    ends = _line_ends(chart, writer)
    width = _room(_text_width([f"{top:,.0f}"]), _text_width(end["text"] for end in ends if end["place"] == "end"), 24)
    layers += _end_marks(ends, top, x, scale)
    return alt.layer(*layers).properties(width=width, height=HEIGHT)


def _named(labels: Iterable[str]) -> str:
    """A Vega expression that turns a place into its label; labels are data, so they go in as JSON."""
    return f"{json.dumps(list(labels), ensure_ascii=False)}[+datum.value]"


def _line_ends(chart: LineChart, writer: Writer) -> list[dict[str, Any]]:
    """Each line's name and last value, and where it stands: at the axis' end, or within."""
    ends = []
    for line in chart.lines:
        n, figure = next((n, f) for n, f in reversed(list(enumerate(line.points))) if f and f.value is not None)
        place = "end" if n == len(chart.labels) - 1 else "within"
        value = _value(figure, writer)
        text = f"{line.name} {writer.figure(figure)}"
        ends.append(
            {
                "n": n,
                "value": value,
                "at": value,
                "text": text,
                "role": line.role,
                "place": place,
                "shift": _shift(chart, line, n, value, writer),
            }
        )
    return ends


def _shift(chart: LineChart, line: Line, n: int, value: float, writer: Writer) -> int:
    """A text within the chart stands on the side of its line where no other line runs."""
    if n == len(chart.labels) - 1:
        return 0
    others = [other.points[n] for other in chart.lines if other is not line]
    return -9 if all(value >= _value(figure, writer) for figure in others if figure) else 11


def _end_marks(ends: list[dict[str, Any]], top: float, x: Any, scale: Any) -> list[Any]:
    """The texts of the lines' ends, moved apart where they would touch."""
    import altair as alt

    colours = {"actual": BLUE, "plan": INK, "before": MUTED}
    floor: float | None = None
    for end in sorted((end for end in ends if end["place"] == "end"), key=lambda end: end["value"]):
        end["at"] = floor = end["value"] if floor is None else max(end["value"], floor + top * 0.125)
    return [
        alt.Chart(_data([end]))
        .mark_text(
            align="left",
            dx=6,
            dy=end["shift"],
            color=colours[end["role"]],
            fontWeight="bold" if end["role"] == "actual" else "normal",
        )
        .encode(x=x, y=alt.Y("at:Q", scale=scale), text="text:N")
        for end in ends
    ]


def _bridge(chart: BridgeChart, writer: Writer) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = []
    level = _value(chart.first[1], writer)
    rows.append({"name": chart.first[0], "low": 0, "high": level, "text": writer.figure(chart.first[1]), "colour": INK})
    for name, step in chart.steps:
        end = level + _value(step, writer)
        rows.append({"name": name, "low": min(level, end), "high": max(level, end), "text": writer.figure(step),
                     "colour": BAD if end < level else BLUE})  # fmt: skip
        level = end
    last = _value(chart.last[1], writer)
    rows.append({"name": chart.last[0], "low": 0, "high": last, "text": writer.figure(chart.last[1]), "colour": INK})
    for n, row in enumerate(rows):
        row["n"] = f"{n:02}"
    limit = (WIDTH - 20) / len(rows)
    x = alt.X("n:O", scale=alt.Scale(paddingInner=0.28, paddingOuter=0.1)).axis(
        labelAngle=0, labelLimit=limit, labelExpr=_named(row["name"] for row in rows),
        ticks=False, labelPadding=5, labelColor=INK, labelOverlap=False, domain=True,
    )  # fmt: skip
    scale = alt.Scale(domain=[min(0, *(row["low"] for row in rows)), max(row["high"] for row in rows) * 1.1])
    base = alt.Chart(_data(rows)).encode(x=x)
    bars = base.mark_bar().encode(
        y=alt.Y("low:Q", scale=scale, axis=None), y2="high:Q", color=alt.Color("colour:N", scale=None)
    )
    texts = base.mark_text(dy=-7).encode(
        y=alt.Y("high:Q", scale=scale, axis=None), text="text:N", color=alt.Color("colour:N", scale=None)
    )
    return alt.layer(bars, texts).properties(width=_room(4), height=HEIGHT)


def _bullets(chart: BulletChart, writer: Writer) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "n": f"{n:02}",
            "actual": max(_value(b.actual, writer), 0),
            "plan": _value(b.plan, writer) if b.plan.value is not None else None,
            "before": _value(b.before, writer) if b.before.value is not None else None,
            "rate": writer.figure(b.rate) if b.rate.value is not None else "",
            "gap": writer.figure(b.gap) if b.gap.value is not None else writer.word(f"reason_{b.gap.reason}"),
            "shown": writer.figure(b.actual),
            "rate_colour": BAD if b.rate.tone == "bad" else INK,
            "gap_colour": TONES[b.gap.tone] if b.gap.tone else INK if b.gap.value is not None else MUTED,
        }
        for n, b in enumerate(chart.bullets)
    ]
    top = max(max(row["actual"], row["plan"] or 0, row["before"] or 0) for row in rows) or 1
    width = _room(min(_text_width(b.name for b in chart.bullets), NAME), 4, GAP)
    y = alt.Y("n:O").axis(
        labelExpr=_named(b.name for b in chart.bullets),
        labelLimit=NAME,
        labelColor=INK,
        ticks=False,
        domain=False,
        labelPadding=4,
    )
    scale = alt.Scale(domain=[0, top * 1.02], nice=False)

    def x(field: str) -> "alt.X":
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    base = alt.Chart(_data(rows)).encode(y=y)
    layers = [
        base.mark_bar(size=9, color=BLUE).encode(x=x("actual")),
        base.mark_tick(size=12, thickness=2, color=GREY).encode(x=x("before")),
        base.mark_tick(size=18, thickness=2.4, color=INK).encode(x=x("plan")),
    ]
    for field, place, colour in (("shown", 50, None), ("rate", 100, "rate_colour"), ("gap", GAP - 2, "gap_colour")):
        texts = base.mark_text(align="right").encode(x=alt.XValue(width + place), text=f"{field}:N")
        layers.append(texts.encode(color=alt.Color(f"{colour}:N", scale=None)) if colour else texts)
    return alt.layer(*layers).properties(width=width, height=ROW * len(rows))


def _stacked(chart: StackedChart, writer: Writer) -> Any:
    import altair as alt

    rows = []
    width = _room(_text_width(name for name, _ in chart.bars), 8)
    whole = max(sum(_value(figure, writer) for figure in bar) for _, bar in chart.bars) or 1
    for place, (_, bar) in enumerate(chart.bars):
        start = 0.0
        for n, (part, figure) in enumerate(zip(chart.parts, bar, strict=True)):
            value = max(_value(figure, writer), 0)
            rows.append({"bar": f"{place:02}", "part": part, "start": start, "end": start + value,
                         "middle": start + value / 2, "colour": "#FFFFFF" if n >= 3 else INK,
                         "text": _fitting(writer.figure(figure), value / whole * width)})  # fmt: skip
            start += value
    colours = list(AGES[: len(chart.parts)])
    y = alt.Y("bar:O", scale=alt.Scale(paddingInner=0.3)).axis(
        labelExpr=_named(name for name, _ in chart.bars), labelColor=INK, ticks=False, domain=False, labelPadding=5
    )
    scale = alt.Scale(domain=[0, whole * 1.01], nice=False)
    legend = alt.Legend(orient="bottom", columns=max(int(width / (_text_width(chart.parts) + 26)), 1),
        symbolSize=80, labelLimit=90, columnPadding=7, offset=4,
    )  # fmt: skip
    base = alt.Chart(_data(rows)).encode(y=y)
    bars = base.mark_bar(size=22).encode(
        x=alt.X("start:Q", scale=scale, axis=None),
        x2="end:Q",
        color=alt.Color("part:N", sort=None, scale=alt.Scale(domain=list(chart.parts), range=colours), legend=legend),
    )
    texts = base.mark_text().encode(
        x=alt.X("middle:Q", scale=scale, axis=None), text="text:N", color=alt.Color("colour:N", scale=None)
    )
    return alt.layer(bars, texts).properties(width=width, height=30 * len(chart.bars))


def _fitting(text: str, width: float) -> str:
    """The text where it fits into the bar, else nothing: the alt text has it anyway."""
    return text if _text_width([text]) + 4 < width else ""


def _bands(chart: BandChart, writer: Writer) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"n": f"{n:02}", "value": _value(figure, writer), "text": writer.figure(figure), "colour": TONES[tone]}
        for n, ((_, figure), tone) in enumerate(zip(chart.bands, chart.tones, strict=True))
    ]
    x = alt.X("n:O", scale=alt.Scale(paddingInner=0.35)).axis(
        labelExpr=_named(name for name, _ in chart.bands),
        labelAngle=0,
        labelColor=INK,
        ticks=False,
        labelPadding=5,
        labelOverlap=False,
    )
    top = max(row["value"] for row in rows) or 1
    y = alt.Y("value:Q", scale=alt.Scale(domain=[0, top * 1.15]), axis=None)
    base = alt.Chart(_data(rows)).encode(x=x, y=y)
    bars = base.mark_bar().encode(color=alt.Color("colour:N", scale=None))
    return alt.layer(bars, base.mark_text(dy=-7).encode(text="text:N")).properties(width=_room(4), height=78)


def _dumbbells(chart: DumbbellChart, writer: Writer) -> Any:
    """The own rate as a dot, the other as a tick, the gap as the line between them and in figures at the right."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"n": f"{n:02}", "own": _value(pair.own, writer), "other": _value(pair.other, writer),
         "own_text": writer.figure(pair.own), "other_text": writer.figure(pair.other), "gap": writer.figure(pair.gap),
         "colour": BAD if pair.gap.tone == "bad" else BLUE}
        for n, pair in enumerate(chart.pairs)
    ]  # fmt: skip
    ends = [0.0, *(row[side] for row in rows for side in ("own", "other"))]
    edge = (max(ends) - min(ends) or 1) * 0.04
    scale = alt.Scale(domain=[min(ends) - edge, max(ends) + edge], nice=False)
    name = min(_text_width(pair.name for pair in chart.pairs), WIDE_NAME)
    width = _room(name, 4, GAP)
    y = alt.Y("n:O").axis(labelExpr=_named(pair.name for pair in chart.pairs), labelLimit=WIDE_NAME, labelColor=INK,
                          ticks=False, domain=False, labelPadding=4)  # fmt: skip

    def x(field: str) -> "alt.X":
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    base, colour = alt.Chart(_data(rows)).encode(y=y), alt.Color("colour:N", scale=None)
    layers = [
        alt.Chart(_data([{"zero": 0}])).mark_rule(color=RULE, strokeWidth=1).encode(x=x("zero")),
        base.mark_rule(strokeWidth=3, opacity=0.45).encode(x=x("own"), x2="other:Q", color=colour),
        base.mark_tick(size=14, thickness=2.4, color=INK).encode(x=x("other")),
        base.mark_circle(size=75, opacity=1).encode(x=x("own"), color=colour),
    ]
    head = {"own_text": chart.sides[0], "other_text": chart.sides[1], "gap": writer.word("gap_points")}
    for field, place in (("own_text", 48), ("other_text", 96), ("gap", GAP - 2)):
        at = alt.XValue(width + place)
        texts = base.mark_text(align="right").encode(x=at, text=f"{field}:N")
        layers.append(texts.encode(color=colour) if field == "gap" else texts)
        title = alt.Chart(_data([{"text": head[field]}])).mark_text(align="right", color=MUTED)
        layers.append(title.encode(x=at, y=alt.YValue(-7), text="text:N"))
    return alt.layer(*layers).properties(width=width, height=ROW * len(rows))


def _ranges(chart: RangeChart, writer: Writer) -> Any:
    """Bars from low to high with a light tick for the middle and a dark one for the target; in figures at the right."""
    import altair as alt

    rows: list[dict[str, Any]] = [
        {"n": f"{n:02}", "low": _value(one.low, writer), "middle": _value(one.middle, writer),
         "high": _value(one.high, writer),
         "target": _value(one.target, writer) if one.target.value is not None else None,
         "middle_text": writer.figure(one.middle), "target_text": _known(one.target, writer),
         "gap": _known(one.gap, writer)}
        for n, one in enumerate(chart.ranges)
    ]  # fmt: skip
    top = max(max(row["high"], row["target"] or 0) for row in rows) or 1
    scale = alt.Scale(domain=[0, top * 1.02], nice=False)
    name = min(_text_width(one.name for one in chart.ranges), WIDE_NAME)
    width = _room(name, 4, GAP)
    y = alt.Y("n:O").axis(labelExpr=_named(one.name for one in chart.ranges), labelLimit=WIDE_NAME, labelColor=INK,
                          ticks=False, domain=False, labelPadding=4)  # fmt: skip

    def x(field: str) -> "alt.X":
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    base = alt.Chart(_data(rows)).encode(y=y)
    layers = [
        base.mark_bar(size=9, color=BLUE, opacity=0.35).encode(x=x("low"), x2="high:Q"),
        base.mark_tick(size=9, thickness=2.4, color=BLUE).encode(x=x("middle")),
        base.mark_tick(size=18, thickness=2.4, color=INK).encode(x=x("target")),
    ]
    head = {"middle_text": writer.word("ts_middle"), "target_text": chart.mark, "gap": writer.word("ts_gap")}
    for field, place in (("middle_text", 48), ("target_text", 100), ("gap", GAP - 2)):
        at = alt.XValue(width + place)
        layers.append(base.mark_text(align="right").encode(x=at, text=f"{field}:N"))
        title = alt.Chart(_data([{"text": head[field]}])).mark_text(align="right", color=MUTED)
        layers.append(title.encode(x=at, y=alt.YValue(-7), text="text:N"))
    return alt.layer(*layers).properties(width=width, height=ROW * len(rows))


def _known(figure: Figure, writer: Writer) -> str:
    return writer.figure(figure) if figure.value is not None else ""
