"""Words and numbers in a language: one list of words, numbers by Babel, rounded once and here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from reports.content import Company, Figure, Inline, Language, Sentence, Words
from salesops.errors import UserError

if TYPE_CHECKING:
    from babel import Locale

WORDS = Path(__file__).parent / "assets" / "words"
LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en_GB"}
LONGEST_NAME = 48
LEGAL_FORM = re.compile(r"(股份有限|有限责任|有限)公司$|,? (Co\.,? ?)?(Ltd|Inc|Corp|LLC|GmbH)\.?$", re.IGNORECASE)
UNITS = {
    "元": 1, "千元": 10**3, "万元": 10**4, "百万元": 10**6, "亿元": 10**8,
    "unit": 1, "thousand": 10**3, "million": 10**6,
}  # fmt: skip


@cache
def words() -> dict[str, dict[str, str]]:
    """Every word and sentence in both languages, by key: the shared ones and those of each report."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = [yaml.load(file.read_text(encoding="utf-8"), Loader=loader) for file in sorted(WORDS.glob("*.yml"))]
    return {key: texts for file in files for key, texts in file.items()}


@dataclass(frozen=True)
class Writer:
    """Writes for one reader: the language, the currency, and the unit in which money is shown."""

    language: Language
    currency: str
    show_money_in: str

    @classmethod
    def of(cls, company: Company, language: Language) -> "Writer":
        """The company's own way of writing; UserError where its unit of money is not known."""
        shown = getattr(company.show_money_in, language)
        if shown not in UNITS:
            known = ", ".join(f"`{unit}`" for unit in UNITS)
            where = f"salesops.yml: company.show_money_in.{language}"
            raise UserError(f"`{shown}` is not a unit of money.", where=where, mend=f"Write one of {known}.")
        return cls(language, company.currency, shown)

    @property
    def money(self) -> str:
        """The unit of money as a heading says it."""
        if self.language == "zh":
            return (
                self.show_money_in if self.currency == "CNY" else f"{self.show_money_in[:-1]} {self.currency}".strip()
            )
        return self.currency if self.show_money_in == "unit" else f"{self.currency} {self.show_money_in}"

    def word(self, key: str, **values: Any) -> str:
        """A text of the list, with plain values put in."""
        return words()[key][self.language].format(**values)

    def sentence(self, key: str, **parts: Inline) -> Sentence:
        """A sentence of the list, with figures and words put in where it names them."""
        unit = self.show_money_in if self.language == "en" else self.money
        after = "" if unit == "unit" else unit
        given: dict[str, Inline] = {"currency": self.currency, "unit": after, **parts}
        pieces = re.split(r"\{(\w+)\}", words()[key][self.language])
        return tuple(given[piece] if place % 2 else piece for place, piece in enumerate(pieces) if piece)

    def name(self, values: Mapping[str, Any], prefix: str = "") -> str:
        """A thing's name: in English where there is one."""
        english = values.get(f"{prefix}name_en") if self.language == "en" else None
        name = english or values.get(f"{prefix}name") or self.word("unnamed")
        return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"

    def short_name(self, values: Mapping[str, Any], width: int) -> str:
        """A company's name for a narrow column: without its legal form, on one line, cut at `width` half-widths."""
        name = LEGAL_FORM.sub("", self.name(values)) or self.name(values)
        kept, used = "", 0.0
        for letter in name:
            used += 2 if east_asian_width(letter) in "WF" else 1.2
            if used > width:
                return f"{kept.rstrip()}…"
            kept += "\N{NO-BREAK SPACE}" if letter == " " else letter
        return kept

    def day(self, day: date | None) -> str:
        """A date as both languages sort it."""
        return day.isoformat() if day else ""

    def short_day(self, day: date, beside: date) -> str:
        """A date without its year where that is the year of `beside`."""
        return day.strftime("%m-%d") if day.year == beside.year else day.isoformat()

    def month(self, number: int, is_first: bool) -> str:
        """A month on an axis: `1月 2 3` or `J F M`."""
        if self.language == "zh":
            return f"{number}月" if is_first else str(number)
        from babel.dates import get_month_names

        return get_month_names("narrow", "stand-alone", LOCALES["en"])[number]

    def figure(self, figure: Figure) -> str:
        """A figure as the page shows it; without a value, `n/a`."""
        if figure.value is None:
            return "n/a"
        scaled, places, after = self._scaled(figure, figure.value)
        value = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        sign = "−" if value < 0 else "+" if figure.signed and value > 0 else ""
        return f"{sign}{_grouped(abs(value), places, LOCALES[self.language])}{after}"

    def inline(self, part: Inline) -> str:
        """A piece of a sentence as plain text."""
        if isinstance(part, Figure):
            return self.figure(part)
        return part.text if isinstance(part, Words) else part

    def plain(self, sentence: Sentence) -> str:
        """A whole sentence as plain text."""
        return "".join(self.inline(part) for part in sentence)

    def _scaled(self, figure: Figure, value: Decimal) -> tuple[Decimal, int, str]:
        if figure.kind == "amount":
            scaled = value / UNITS[self.show_money_in]
            return scaled, (1 if Decimal("0.05") <= abs(scaled) < 1 else 0), ""
        if figure.kind == "exact":
            return value, 2, ""
        if figure.kind in ("rate", "points"):
            return value * 100, 1, "%" if figure.kind == "rate" else "pp"
        return value, 1 if figure.kind in ("days", "ratio") and value % 1 else 0, ""


@cache
def _pattern(places: int) -> Any:
    from babel.numbers import parse_pattern

    return parse_pattern("#,##0" + ("." + "0" * places if places else ""))


@cache
def _locale(name: str) -> "Locale":
    from babel import Locale

    return Locale.parse(name)


def _grouped(value: Decimal, places: int, locale: str) -> str:
    return _pattern(places).apply(value, _locale(locale))  # a name would be looked up again for every figure
