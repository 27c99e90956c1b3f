"""`make bench-ingest`: one export of order lines, clean, with bad rows, in GB18030, loaded by salesops and by others."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench import picking
from bench.loaders import COLUMNS
from bench.measure import Cost, measure
from bench.results import RESULTS, place

CACHE = Path(__file__).with_name(".cache") / "ingest"
SHAPES = {"clean": 1.6, "bad": 2.2, "gb18030": 3.0}  # the most that ours may take, in times of bare DuckDB
WORDS = {"clean": "UTF-8, clean", "bad": "UTF-8, 0.1 % bad rows", "gb18030": "GB18030"}
MOST_GIB = 1.5
MAPPING = """
files: order_lines_*.csv
read: {{encoding: {encoding}}}
load: append
tables:
  order_lines:
    newest_by: changed
    columns: {{order_id: order_id, line_number: line, product_id: product, quantity: quantity, net_amount: net,
      cost_amount: cost, promised_on: promised, shipped_on: shipped}}
"""
ROWS = """
    select printf('SO%09d', i // 3) as order_id, i % 3 + 1 as line, printf('C%05d', i * 7919 % 20000) as customer,
        ['直销', '经销', '电商'][i % 3 + 1] as channel, printf('CC-%03d', i * 31 % 500) as product,
        '弹性联轴器 CC' || i * 31 % 500 as name, {quantity} as quantity, {net} as net,
        printf('%.2f', i * 6151 % 6000000 / 100) as cost, {promised} as promised,
        date '2023-01-01' + (i * 13 % 900)::integer + 2 as shipped, date '2023-01-01' + (i % 900)::integer as changed
    from range({lines}) as numbers(i)"""
QUANTITY, NET = "(i * 17 % 90 + 1)::varchar", "format('{:,.2f}', (i * 7907 % 9000000 / 100)::double)"
PROMISED = "(date '2023-01-01' + (i * 11 % 900)::integer)::varchar"
BAD = {
    "quantity": f"case when i % 3000 = 7 then 'twelve' else {QUANTITY} end",
    "net": f"case when i % 3000 = 1007 then 'n/a' else {NET} end",
    "promised": f"case when i % 3000 = 2007 then '2025-02-30' else {PROMISED} end",
}
"""Of three thousand rows three are bad: a wrong number, a wrong amount, a day that there is not."""


def generate(shape: str, lines: int) -> Path:
    """The export, kept for the next time."""
    import duckdb

    file = CACHE / f"{lines}" / f"order_lines_{shape}.csv"
    if file.exists():
        return file
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    if shape == "gb18030":
        with draft.open("wb") as out:
            command = ["iconv", "-f", "utf-8", "-t", "gb18030", str(generate("clean", lines))]
            subprocess.run(command, stdout=out, check=True)
    else:
        cells = BAD if shape == "bad" else {"quantity": QUANTITY, "net": NET, "promised": PROMISED}
        duckdb.sql(f"copy ({ROWS.format(lines=lines, **cells)}) to '{draft}' (header, delimiter ',')")
    draft.rename(file)
    return file


def workspace(file: Path, shape: str) -> Path:
    """A fresh workspace with the export in its landing folder."""
    folder = file.parent / f"workspace_{shape}"
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("landing", "sources"):
        (folder / name).mkdir(parents=True)
    (folder / "salesops.yml").write_text("company: {name: {zh: 甲, en: A}, currency: CNY, time_zone: Asia/Shanghai}\n")
    encoding = "gb18030" if shape == "gb18030" else "utf-8"
    (folder / "sources" / "order_lines.yml").write_text(MAPPING.format(encoding=encoding), encoding="utf-8")
    os.link(file, folder / "landing" / file.name)
    return folder


def run(shape: str, lines: int) -> dict[str, Cost]:
    """What each way costs; RuntimeError if a row is missing from our account."""
    file, costs = generate(shape, lines), dict[str, Cost]()
    for way in ("bare", "ours", "dlt", "pandas"):
        if way == "dlt" and shape == "gb18030":
            continue
        out = workspace(file, shape) if way == "ours" else file.parent / way
        if way != "ours":
            shutil.rmtree(out, ignore_errors=True)
            out.mkdir()
        command = [sys.executable, "-m", "bench.loaders", way, str(file), str(out)]
        costs[way] = cost = measure(command, file.parent / "logs" / f"{shape} {way}.txt")
        print(
            f"{shape} {way}: {cost.seconds:.1f} s, {cost.cpu_seconds:.1f} processor s, {cost.peak_gib:.2f} GiB",
            flush=True,
        )
    _check(costs["ours"].output, lines, 0 if shape != "bad" else sum(1 for i in range(lines) if i % 1000 == 7))
    return costs


def _check(said: str, lines: int, bad: int) -> None:
    read, loaded, quarantined, _ = said.splitlines()[-1].split()
    if (int(read), int(loaded), int(quarantined)) != (lines, lines - bad, bad):
        raise RuntimeError(f"{lines} rows with {bad} bad ones were planted, the account says: {said}")


def section(lines: int, load: float, measured: dict[str, dict[str, Cost]], picked: str) -> str:
    """The Markdown of one size; `picked` is the sentence on how soon new files are found."""
    rows = [
        "| export, way | seconds | processor s | peak GiB | × bare (processor s) | aim |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for shape, costs in measured.items():
        for way, cost in costs.items():
            bare = costs["bare"]
            times, busy = cost.seconds / bare.seconds, cost.cpu_seconds / bare.cpu_seconds
            rows.append(
                f"| {WORDS[shape]}: {NAMES[way]} | {cost.seconds:.1f} | {cost.cpu_seconds:.1f} | {cost.peak_gib:.2f} "
                f"| {times:.1f} ({busy:.1f}) | {_aim(shape, times, cost.peak_gib) if way == 'ours' else ''} |"
            )
    facts = f"One export of {lines:,} rows and {len(COLUMNS)} columns; load average at start {load:.1f}. {picked}"
    return "\n".join([f"## Ingest of {lines:,} order lines", "", facts, "", *rows]) + "\n"


NAMES = {"ours": "salesops", "bare": "bare DuckDB", "dlt": "dlt (text only)", "pandas": "pandas (floats)"}


def _aim(shape: str, times: float, gib: float) -> str:
    met = times <= SHAPES[shape] and gib <= MOST_GIB
    return f"{SHAPES[shape]} ×, {MOST_GIB} GiB: {'met' if met else 'not met'}"


def main() -> None:
    """All shapes, then their section in RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines")
    lines, load = parser.parse_args().lines, os.getloadavg()[0]
    picked = picking.sentence(CACHE / "picking", MAPPING.format(encoding="utf-8"))
    place(section(lines, load, {shape: run(shape, lines) for shape in SHAPES}, picked))
    print(f"written to {RESULTS}")


if __name__ == "__main__":
    main()
