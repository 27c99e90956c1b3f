"""docs/rules.md and docs/rules.zh.md: every chapter, its keys and how they are written. Made by `python -m rulebook.page`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from rulebook.book import DEFAULTS
from rulebook.chapters import CHAPTERS
from rulebook.metric import METRICS, OfMetric
from rulebook.rule import Rule
from rulebook.words import key, title
from salesops.yamlfile import models_in

MANY = 20
PAGES = {"en": "rules.md", "zh": "rules.zh.md"}
TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "head": "# The rulebook\n\nThe rules that people decide stand in `rulebook/<chapter>.yml`, each file a list of "
        "rules. `salesops init` writes every chapter with comments; `salesops rulebook check` explains what is wrong; "
        "`salesops rulebook xlsx` hands the tables to people who do not write YAML. This page is made from the rules' "
        "models by `python -m rulebook.page`. [中文](rules.zh.md)",
        "every": "## What every rule states",
        "after": "A *draft* is tried by `salesops rulebook diff` and followed by nothing else. A result uses the rule "
        "that is in force on its business date; `to` is its last day. Bands state only where they begin.",
        "metrics": "## Metrics\n\nWhat `metric:` may name, in scorecards, bonuses, contests and alerts.",
        "metric_head": "| metric | name | unit | better | kind | variants |",
        "key_head": "| key | name | value | |",
        "must": "needed",
        "money": "Moves money: in force only with `approved: {by, on, document}`.",
        "default": "Where a workspace has no such file, the shipped one counts.",
        "shipped": "What <code>salesops init</code> writes",
        "text": "text",
        "number": "number",
        "several": "several of: ",
        "below": "a metric, see below",
    },
    "zh": {
        "head": "# 规则手册\n\n由人决定的规则写在 `rulebook/<章节>.yml`，每个文件是一列规则。`salesops init` 写好每一章并附说明；"
        "`salesops rulebook check` 说明哪里不对；`salesops rulebook xlsx` 把其中的表交给不写 YAML 的人。"
        "本页由规则的模型生成（`python -m rulebook.page`）。[English](rules.md)",
        "every": "## 每条规则都写的",
        "after": "*草案*（draft）只在 `salesops rulebook diff` 里试算，其他地方都不采用。结果按业务日期当天有效的规则计算；`to` 是最后一天。"
        "分档只写从哪里开始。",
        "metrics": "## 指标\n\n考核、奖金、竞赛和预警里 `metric:` 可以写的。",
        "metric_head": "| 指标 | 名称 | 单位 | 方向 | 性质 | 口径 |",
        "key_head": "| 键 | 名称 | 写法 | |",
        "must": "必填",
        "money": "涉及钱：须有 `approved: {by, on, document}` 才生效。",
        "default": "工作区没有这个文件时，按随附的默认。",
        "shipped": "<code>salesops init</code> 写的内容",
        "text": "文字",
        "number": "数字",
        "several": "若干：",
        "below": "指标，见下文",
        "amount": "金额",
        "quantity": "数量",
        "count": "个数",
        "rate": "比率",
        "score": "分",
        "days": "天",
        "higher": "越高越好",
        "lower": "越低越好",
        "outcome": "结果",
        "process": "过程",
    },
}


def page(language: str) -> str:
    """The page in a language."""
    say = TEXTS[language]
    parts = [say["head"], say["every"], _table(say, language, Rule), say["after"]]
    for chapter, kind in CHAPTERS.items():
        parts += [f"## {getattr(title(kind), language)} · `{chapter}.yml`", *_flags(say, kind)]
        parts += [_table(say, language, kind), _shipped(say, chapter)]
    return "\n\n".join([*parts, say["metrics"], _metrics(say, language)]) + "\n"


def _flags(say: dict[str, str], kind: type[Rule]) -> list[str]:
    said = [say["money"]] if kind.moves_money else []
    return [" ".join(said + ([say["default"]] if kind.has_default else []))] if said or kind.has_default else []


def _table(say: dict[str, str], language: str, kind: type[BaseModel]) -> str:
    schema = kind.model_json_schema()
    rows = _rows(say, language, kind, schema, schema.get("$defs", {}), "")
    return "\n".join([say["key_head"], "| --- | --- | --- | --- |", *rows])


def _rows(
    say: dict[str, str], language: str, model: type[BaseModel], schema: dict[str, Any], parts: dict[str, Any], path: str
) -> Iterator[str]:
    """One row for each key of a model, and of the models within it, which stand below their own key."""
    for name, field in model.model_fields.items():
        if model is not Rule and issubclass(model, Rule) and name in Rule.model_fields:
            continue
        written = field.alias or name
        node = schema["properties"][written]
        need = say["must"] if field.is_required() else ""
        value = _value(say, node, lambda choice, name=name: getattr(key(model, name, choice), language))
        yield f"| `{path}{written}` | {getattr(key(model, name), language)} | {value} | {need} |"
        many = "[]." if any(kind.get("type") == "array" for kind in node.get("anyOf", [node])) else "."
        for inner in models_in(field.annotation):
            yield from _rows(say, language, inner, parts[inner.__name__], parts, f"{path}{written}{many}")


def _value(say: dict[str, str], node: dict[str, Any], name_of: Any) -> str:
    """How a value is written: an example of its notation, its choices, or its kind."""
    if examples := node.get("examples"):
        return ", ".join(f"`{example}`" for example in examples)
    if choices := node.get("enum") or ([node["const"]] if "const" in node else []):
        if len(choices) > MANY:
            return say["below"]
        return "<br>".join(f"`{choice}` {name_of(choice)}" for choice in choices)
    if node.get("type") == "array" and "items" in node:
        inside = _value(say, node["items"], name_of)
        return say["several"] + inside if inside else ""
    if "anyOf" in node:
        return _of_several(say, node["anyOf"], name_of)
    return {
        "string": "`2025-01-31`" if node.get("format") == "date" else say["text"],
        "number": say["number"],
        "integer": say["number"],
        "boolean": "`true`, `false`",
    }.get(node.get("type", ""), "")


def _of_several(say: dict[str, str], nodes: list[dict[str, Any]], name_of: Any) -> str:
    kinds = [node for node in nodes if node.get("type") != "null"]
    if any(node.get("type") == "number" for node in kinds):
        return say["number"]
    return " / ".join(dict.fromkeys(filter(None, (_value(say, node, name_of) for node in kinds))))


def _shipped(say: dict[str, str], chapter: str) -> str:
    text = (DEFAULTS / f"{chapter}.yml").read_text(encoding="utf-8")
    return f"<details><summary>{say['shipped']}</summary>\n\n```yaml\n{text}```\n\n</details>"


def _metrics(say: dict[str, str], language: str) -> str:
    rows = []
    for metric, known in METRICS.items():
        facts = [say.get(fact, fact) for fact in (known.unit, known.better, known.kind)]
        name = getattr(key(OfMetric, "metric", metric), language)
        rows.append(f"| `{metric}` | {' | '.join([name, *facts, ', '.join(known.variants)])} |")
    return "\n".join([say["metric_head"], "| --- | --- | --- | --- | --- | --- |", *rows])


def main() -> None:
    """Write both pages into the folder that is named, or into docs/."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    for language, name in PAGES.items():
        (folder / name).write_text(page(language), encoding="utf-8")


if __name__ == "__main__":
    main()
