"""docs/presets.md: made from the presets and from the exports that prove them; this file writes it, too."""

from pathlib import Path

import pytest

from orchestration.ingest.preset import preset, preset_names
from tests.ingest.test_presets import golden_of

PAGE = Path(__file__).parents[2] / "docs" / "presets.md"
HEAD = """# Presets · 预设

A preset is a mapping that ships. Name it and say only what differs; `salesops inspect --write` recognises these exports by
their headers and writes an editable copy ([inspect.md](inspect.md)). Each is proven by an export that holds the quirks of
its system, and by the rows that a person worked out. Made by `python tests/ingest/test_presets_page.py`.

预设就是随附的映射。写上它的名字，只写不同之处；`salesops inspect --write` 按表头认出这些导出文件，并写出可修改的副本
（[inspect.zh.md](inspect.zh.md)）。每个预设都有一份带着该系统各种毛病的导出文件和人工核算的结果作为证明。本页自动生成。

```yaml
# sources/orders.yml
files: Sales Order*.csv          # also inside a .zip · 也可以在 .zip 里
preset: erpnext/sales_orders
```

| `preset:` | Export · 导出 | Feeds · 数据表 | Known by · 据此认出 | Quirks it is proven with · 经过验证的毛病 |
|---|---|---|---|---|
"""


def page() -> str:
    rows = []
    for name in preset_names():
        shipped, golden = preset(name), golden_of(name)[1]
        about, quirks = (f"{said['en']}<br>{said['zh']}" for said in (shipped["about"], golden["quirks"]))
        proof = f"{quirks}<br>[export and rows · 文件与结果](../tests/ingest/presets/{name}/)"
        columns = ", ".join(f"`{column}`" for column in shipped["known_by"])
        cells = [f"[`{name}`](../orchestration/ingest/presets/{name}.yml)", about, ", ".join(shipped["tables"])]
        rows.append("| " + " | ".join([*cells, columns, proof]) + " |\n")
    return HEAD + "".join(rows)


def test_the_page_of_presets_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", preset_names())
def test_each_export_says_its_quirks_in_both_languages(name: str) -> None:
    assert golden_of(name)[1]["quirks"].keys() == {"en", "zh"}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
