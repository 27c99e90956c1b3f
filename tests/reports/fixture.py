"""A small publication with made-up numbers: 启明机电, four regions, eight teams, 24 sellers, January 2024 to March 2025."""

import json
import random
from datetime import date, datetime
from pathlib import Path

import duckdb

from tests.reports import market_fixture

AS_OF = date(2025, 3, 31)
REGIONS = {"R1": ("华南", "South"), "R2": ("华东", "East"), "R3": ("华北", "North"), "R4": ("西部", "West")}
LINES = {"P1": ("阀门", "Valves"), "P2": ("泵", "Pumps"), "P3": ("液压件", "Hydraulics"), "P4": ("轴承", "Bearings")}
SURNAMES, GIVEN = "李周王陈赵吴郑孙钱冯", "敏涛珂立倩磊洁军"
PLACES, TRADES = (
    ("宏泰", "华通", "德盛", "远航", "恒力", "中辰", "永固", "天成", "瑞丰", "同济"),
    ("重工", "电气", "机械", "船务"),
)
MEASURES = ("booked", "shipped", "invoiced", "gross_margin", "collected")
COUNTS = ("order_count", "customer_count", "new_customer_count", "won_count", "lost_count")


def build(published: Path, hostile: dict[str, str] | None = None) -> Path:
    """Write the publication below `published`; `hostile` replaces names of customers (C01…), units and people."""
    folder = published / "fixture"
    folder.mkdir(parents=True)
    connection = duckdb.connect(str(folder / "marts.duckdb"))
    connection.execute("create schema marts; set schema = 'marts'")
    _calendar(connection)
    _organisation(connection, hostile or {})
    _facts(connection)
    _marts(connection)
    _distribution(connection)
    _receivables(connection)
    _accounts(connection)
    market_fixture.build(connection, hostile or {})
    connection.close()
    pointer = {"snapshot": "20250402T034100", "duckdb": f"{published.name}/fixture/marts.duckdb", "as_of": str(AS_OF)}
    (published / "current.json").write_text(json.dumps(pointer), encoding="utf-8")
    return published


def _calendar(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        create table dim_period as
        with kinds(period_type, step) as (
            values ('month', interval 1 month), ('quarter', interval 3 month), ('half', interval 6 month), ('year', interval 12 month)),
        spans as (
            select period_type, step, cast(s as date) as period_start, cast(s + step as date) as period_end
            from kinds, unnest(generate_series(timestamp '2024-01-01', timestamp '2025-12-01', step)) as t(s)),
        named as (
            select *, least(period_end, date '2025-04-01') as cutoff, date_trunc('year', period_start)::date as ytd_start,
                strftime(period_start, '%Y') as y, quarter(period_start) as q, month(period_start) as m,
            from spans),
        labelled as (
            select *, case period_type when 'month' then strftime(period_start, '%Y-%m') when 'quarter' then y || '-Q' || q
                when 'half' then y || '-H' || ceil(m / 6)::int else y end as period_label,
                case period_type when 'month' then y || '年' || m || '月' when 'quarter' then y || '年第' || q || '季度'
                when 'half' then y || '年上下半年' else y || '年' end as period_label_zh,
                case period_type when 'month' then strftime(period_start, '%B %Y') when 'quarter' then 'Q' || q || ' ' || y
                when 'half' then 'H' || ceil(m / 6)::int || ' ' || y else y end as period_label_en,
            from named)
        select a.period_type || ':' || a.period_label as period_id, a.period_type, a.period_start, a.period_end,
            a.period_label, a.period_label_zh, a.period_label_en, a.cutoff, a.ytd_start,
            b.period_start as prior_start,
            case when a.cutoff = a.period_end then b.period_end else (b.period_start + (a.cutoff - a.period_start)::int)::date end as prior_cutoff,
            b.period_label as prior_label, c.period_start as prior_year_start,
            case when a.cutoff = a.period_end then c.period_end else (a.cutoff - interval 1 year)::date end as prior_year_cutoff,
            c.period_label as prior_year_label, c.ytd_start as prior_year_ytd_start, a.cutoff - a.period_start as elapsed_days,
            a.period_end - a.period_start as total_days,
            case when a.period_end <= date '2025-04-01' then 'preliminary' else 'open' end as period_state,
            a.period_start <= date '2025-03-31' as has_begun
        from labelled as a
        left join labelled as b on b.period_type = a.period_type and b.period_end = a.period_start
        left join labelled as c on c.period_type = a.period_type and c.period_start = (a.period_start - interval 1 year)::date
    """)


def _organisation(connection: duckdb.DuckDBPyConnection, hostile: dict[str, str]) -> None:
    units = [("Q", "启明机电", "Qiming Machinery", "company", None, 0, False)]
    for region, (zh, en) in REGIONS.items():
        units.append((region, hostile.get(region, zh), en, "region", "Q", 1, False))
        for n in "12":
            units.append(
                (f"{region}{n}", f"{zh}{'一二'[int(n) - 1]}部", f"{en} team {n}", "department", region, 2, True)
            )
    connection.execute(
        "create table dim_org_unit (org_unit_id text, name text, name_en text, org_level text, parent_org_unit_id text,"
        " depth integer, is_leaf boolean, sort_order integer)"
    )
    connection.executemany(
        "insert into dim_org_unit values (?, ?, ?, ?, ?, ?, ?, ?)", [(*u, i) for i, u in enumerate(units)]
    )
    connection.execute("""
        create table dim_org_unit_closure as
        with recursive walk as (
            select org_unit_id as ancestor_id, org_unit_id as descendant_id, 0 as distance from dim_org_unit
            union all
            select w.ancestor_id, o.org_unit_id, distance + 1
            from walk as w join dim_org_unit as o on o.parent_org_unit_id = w.descendant_id)
        select *, date '2020-01-01' as valid_from, date '9999-12-31' as valid_to from walk
    """)
    names = [a + b for a in SURNAMES for b in GIVEN]
    leaves = [f"{region}{n}" for region in REGIONS for n in "12"]
    people = [
        (f"E{i:02}", hostile.get(f"E{i:02}", names[i * 3 % 80]), f"Seller {i:02}", leaves[i // 3]) for i in range(24)
    ]
    connection.execute("create table dim_employee (employee_id text, name text, name_en text, org_unit_id text)")
    connection.executemany("insert into dim_employee values (?, ?, ?, ?)", people)
    trading = [a + b for b in TRADES for a in PLACES]
    clients = [
        (f"C{i:02}", hostile.get(f"C{i:02}", trading[i]), f"Customer {i:02}", f"E{i % 24:02}") for i in range(40)
    ]
    connection.execute("create table dim_customer (customer_id text, name text, name_en text, employee_id text)")
    connection.executemany("insert into dim_customer values (?, ?, ?, ?)", clients)
    connection.execute("create table dim_product (product_id text, product_line text, product_line_en text)")
    connection.executemany("insert into dim_product values (?, ?, ?)", [(k, *v) for k, v in LINES.items()])


def _facts(connection: duckdb.DuckDBPyConnection) -> None:
    dice = random.Random(7)
    rows = []
    for year, month in [(2024, m) for m in range(1, 13)] + [(2025, m) for m in (1, 2, 3)]:
        for client in range(40):
            seller = client % 24
            growing = 1.08 if year == 2025 else 1.0
            booked = round(dice.lognormvariate(13.2, 0.5) * growing * (0.7 if seller < 4 and year == 2025 else 1), 2)
            product = f"P{dice.randrange(1, 5)}"
            margin = round(booked * dice.uniform(0.22, 0.36), 2)
            cash = round(booked * dice.uniform(0.7, 1.15), 2)
            invoiced = round(booked * dice.uniform(0.82, 0.98), 2)
            day = date(year, month, dice.randrange(1, 28))
            rows.append(
                (
                    f"C{client:02}",
                    f"E{seller:02}",
                    product,
                    day,
                    booked,
                    invoiced,
                    margin,
                    cash,
                    int(client < 4 * month),
                )
            )
    connection.execute(
        "create temp table base (customer_id text, employee_id text, product_id text, business_date date, booked decimal(18,2),"
        " invoiced decimal(18,2), gross_margin decimal(18,2), collected decimal(18,2), is_new integer)"
    )
    connection.executemany("insert into base values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("""
        create table fct_order_lines as
        select 'SO' || row_number() over (order by business_date, customer_id) as order_id, 1 as line_number, customer_id,
            b.employee_id, e.org_unit_id, product_id, p.product_line, business_date, booked as net_amount, booked - gross_margin as cost_amount,
            3 as quantity, business_date as shipped_on
        from base as b join dim_employee as e using (employee_id) join dim_product as p using (product_id)
    """)
    connection.execute("""
        create table fct_invoices as
        select replace(order_id, 'SO', 'IV') as invoice_id, l.customer_id, l.employee_id, l.org_unit_id, l.business_date,
            l.business_date + 45 as due_on,
            b.invoiced as net_amount, (b.invoiced * 1.13)::decimal(18,2) as gross_amount
        from fct_order_lines as l
        join base as b on b.customer_id = l.customer_id and b.business_date = l.business_date
    """)
    connection.execute("""
        create table fct_credit_notes as
        select replace(invoice_id, 'IV', 'CN') as credit_note_id, * exclude (invoice_id, due_on) from fct_invoices limit 0
    """)
    connection.execute("""
        create table fct_collections as
        select 'RC' || row_number() over (order by b.business_date, customer_id) as receipt_id, null::text as document_id,
            b.business_date, customer_id, b.employee_id, b.business_date as owned_on, e.org_unit_id, b.collected as collected_amount
        from base as b join dim_employee as e using (employee_id)
    """)


def _span(prefix: str, start: str, end: str, names: tuple[str, ...]) -> str:
    inside = f"b.business_date >= {start} and b.business_date < {end}"
    return ", ".join(f"sum(b.{n}) filter (where {inside})::decimal(18,2) as {prefix}{n}_amount" for n in names)


def _marts(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create temp table sold as select b.*, b.booked as shipped, b.invoiced as sales, e.org_unit_id as leaf_id"
        " from base as b join dim_employee as e using (employee_id)"
    )
    for mart, owners, key in (
        (
            "mart_performance_by_org_unit",
            "select ancestor_id as owner, s.* from dim_org_unit_closure join sold as s on leaf_id = descendant_id",
            "org_unit_id",
        ),
        ("mart_performance_by_employee", "select employee_id as owner, s.* from sold as s", "employee_id"),
    ):
        connection.execute(f"create or replace temp table owned as {owners}")
        _targets(connection)
        names = (*MEASURES, "sales")
        spans = (
            ("", "p.period_start", "p.cutoff"),
            ("ytd_", "p.ytd_start", "p.cutoff"),
            ("prior_", "p.prior_start", "p.prior_cutoff"),
            ("prior_year_", "p.prior_year_start", "p.prior_year_cutoff"),
            ("ytd_prior_year_", "p.ytd_start - interval 1 year", "p.prior_year_cutoff"),
        )
        counts = ", ".join(
            f"count(distinct b.customer_id) filter (where b.business_date >= {s} and b.business_date < {e}"
            f"{' and b.is_new = 1' if c.startswith('new') else ''}) as {p}{c}"
            for c in COUNTS
            for p, s, e in spans
        )
        amounts = ", ".join(_span(p, s, e, names) for p, s, e in spans)
        extra = "" if key == "org_unit_id" else ", any_value(b.leaf_id) as org_unit_id"
        connection.execute(f"""
            create table {mart} as
            with sums as (
                select b.owner as {key}{extra}, p.period_type, p.period_start, p.period_end, p.period_label, p.period_state, {amounts}, {counts},
                    (sum(b.booked) filter (where b.business_date >= p.period_start and b.business_date < p.cutoff) * 1.6)::decimal(18,2) as backlog_amount,
                    any_value((p.cutoff - p.ytd_start) / 365.0)::decimal(18,6) as time_elapsed_rate
                from dim_period as p, owned as b where p.has_begun group by all),
            planned as (select s.*, t.* exclude (owner, period_label) from sums as s
                join plans as t on t.owner = s.{key} and t.period_label = s.period_label)
            select *, 'invoiced_amount' as sales_basis, target_invoiced_amount as target_amount,
                ytd_target_invoiced_amount as ytd_target_amount, year_target_invoiced_amount as year_target_amount,
                (sales_amount / nullif(target_invoiced_amount, 0))::decimal(18,6) as attainment_rate,
                (ytd_sales_amount / nullif(ytd_target_invoiced_amount, 0))::decimal(18,6) as ytd_attainment_rate,
                (ytd_sales_amount / nullif(year_target_invoiced_amount, 0))::decimal(18,6) as year_attainment_rate,
                (gross_margin_amount / nullif(booked_amount, 0))::decimal(18,6) as gross_margin_rate,
                (won_count / nullif(won_count + lost_count, 0))::decimal(18,6) as win_rate
            from planned
        """)
    connection.execute("alter table mart_performance_by_org_unit add column org_level text")
    connection.execute("alter table mart_performance_by_org_unit add column is_leaf boolean")
    connection.execute(
        "update mart_performance_by_org_unit as m set org_level = o.org_level, is_leaf = o.is_leaf"
        " from dim_org_unit as o where o.org_unit_id = m.org_unit_id"
    )


def _distribution(connection: duckdb.DuckDBPyConnection) -> None:
    """Everybody has a target for the whole period, or none."""
    connection.execute("""
        create table mart_target_distribution as
        with bands(band, band_order, band_from, band_to) as (
            values ('<50%', 0, null, 0.5), ('50–80%', 1, 0.5, 0.8), ('80–100%', 2, 0.8, 1), ('≥100%', 3, 1, null)),
        people as (
            select c.ancestor_id as org_unit_id, m.period_type, m.period_start, m.period_label, m.attainment_rate as rate
            from mart_performance_by_employee as m join dim_org_unit_closure as c on c.descendant_id = m.org_unit_id
            where m.target_amount is not null or m.sales_amount <> 0)
        select p.* exclude (rate), 'full' as people_group, b.*, count(*) filter (where p.rate >= coalesce(b.band_from, p.rate)
            and p.rate < coalesce(b.band_to, p.rate + 1)) as people_count
        from people as p, bands as b where p.rate is not null group by all having count(*) > 0
        union all
        select p.* exclude (rate), 'no_target', 'no_target', -1, null, null, count(*)
        from people as p where p.rate is null group by all
    """)


def _targets(connection: duckdb.DuckDBPyConnection) -> None:
    """Targets are last year's monthly mean plus eight per cent; E23 and its lonely measures have none."""
    shares = {
        "booked_amount": "booked",
        "invoiced_amount": "invoiced",
        "gross_margin_amount": "gross_margin",
        "collected_amount": "collected",
    }
    per_month = ", ".join(
        f"case when owner = 'E23' then null else (sum({column}) filter (where year(business_date) = 2024) * 1.08 / 12)::decimal(18,2) end as m_{metric}"
        for metric, column in shares.items()
    )
    months = {
        "": "date_diff('month', p.period_start, p.period_end)",
        "ytd_": "date_diff('month', p.ytd_start, p.period_end)",
        "year_": "12",
    }
    scaled = ", ".join(
        f"(m_{metric} * {n})::decimal(18,2) as {prefix}target_{metric}"
        for metric in shares
        for prefix, n in months.items()
    )
    connection.execute(f"""
        create or replace temp table plans as
        with monthly as (select owner, {per_month} from owned group by owner)
        select owner, p.period_label, {scaled}, 15 as target_new_customer_count, 40 as ytd_target_new_customer_count,
            160 as year_target_new_customer_count
        from monthly, dim_period as p where p.has_begun
    """)


def _receivables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        create table fct_open_items as
        with dated as (
            select invoice_id as document_id, customer_id, employee_id, org_unit_id, business_date, business_date + 45 as due_on,
                gross_amount, hash(invoice_id) % 10 as luck from fct_invoices)
        select p.period_label, p.cutoff - 1 as as_of_date, d.document_id, 1 as instalment_number, d.customer_id, d.employee_id, d.org_unit_id,
            d.business_date as document_date, d.due_on, greatest(p.cutoff - 1 - d.due_on, 0) as days_overdue,
            (d.gross_amount * case when luck = 0 then 1 else 0.6 end)::decimal(18,2) as open_amount,
            case when luck % 3 = 1 then d.due_on + 30 end as promised_on
        from dated as d, dim_period as p
        where p.period_type = 'month' and p.has_begun and d.business_date < p.cutoff
            and (d.due_on >= p.cutoff - 20 or (luck = 0 and d.due_on >= p.cutoff - 260))
    """)
    connection.execute("""
        create table mart_receivable_ageing as
        select period_label, 'month' as period_type, as_of_date, customer_id, employee_id, org_unit_id, bucket, bucket_order,
            sum(open_amount)::decimal(18,2) as amount, (sum(open_amount) * 0.05)::decimal(18,2) as provision_amount
        from (select *, case when days_overdue = 0 then 'not_due' when days_overdue <= 30 then '1-30'
                when days_overdue <= 90 then '31-90' when days_overdue <= 180 then '91-180' else '>180' end as bucket,
            case when days_overdue = 0 then 0 when days_overdue <= 30 then 1 when days_overdue <= 90 then 2
                when days_overdue <= 180 then 3 else 4 end as bucket_order from fct_open_items)
        group by all
    """)
    connection.execute("""
        create table mart_collection_by_org_unit as
        with state as (
            select ancestor_id as org_unit_id, as_of_date, sum(open_amount) as closing, sum(open_amount) filter (where days_overdue > 0) as overdue
            from fct_open_items join dim_org_unit_closure on org_unit_id = descendant_id group by all)
        select m.org_unit_id, m.org_level, m.is_leaf, m.period_type, m.period_start, m.period_label, m.period_state,
            coalesce(o.closing, 0)::decimal(18,2) as opening_receivable_amount, (m.invoiced_amount * 1.13)::decimal(18,2) as invoiced_amount,
            (m.invoiced_amount * 0.02)::decimal(18,2) as credit_note_amount, m.collected_amount,
            (coalesce(o.closing, 0) + m.invoiced_amount * 1.09 - c.closing)::decimal(18,2) as applied_amount,
            (m.invoiced_amount * 0.02)::decimal(18,2) as written_off_amount, c.closing::decimal(18,2) as closing_receivable_amount,
            c.overdue::decimal(18,2) as overdue_amount, (m.collected_amount * 1.2)::decimal(18,2) as due_amount,
            0.783::decimal(18,6) as due_in_period_rate, 0.871::decimal(18,6) as plan_attainment_rate,
            81.2::decimal(18,2) as dso_days, 76.4::decimal(18,2) as dso_countback_days, 0.71::decimal(18,6) as cei_rate,
            0.783::decimal(18,6) as collection_rate, 'due_in_period' as collection_rate_variant
        from mart_performance_by_org_unit as m
        join dim_period as p using (period_type, period_label)
        left join state as o on o.org_unit_id = m.org_unit_id and o.as_of_date = p.period_start - 1
        left join state as c on c.org_unit_id = m.org_unit_id and c.as_of_date = p.cutoff - 1
    """)


def _accounts(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        create table mart_data_accounting as select * from (values
            ('订单导出_20250401.csv', 'order_lines', 120000, 119800, 180, 20), ('发票_20250401.csv', 'invoices', 28213, 28102, 109, 2))
            as t(file_name, table_name, rows_read, rows_loaded, rows_quarantined, rows_skipped)
    """)
    connection.execute("""
        create table mart_reconciliation as
        select check_id, name_zh, name_en, 'company' as scope, 'Q' as scope_id, 'month' as period_type,
            '2025-03' as period_label, date '2025-03-01' as period_start, expected::decimal(18,2) as expected_amount, actual::decimal(18,2) as actual_amount,
            (actual - expected)::decimal(18,2) as difference_amount, is_ok
        from (values
            ('control_receivable', '应收账款余额', 'Receivables', 73800000.00, 73800000.00, true),
            ('control_billed', '开票额', 'Billings', 27301200.00, 27300000.00, false))
            as t(check_id, name_zh, name_en, expected, actual, is_ok)
    """)
    connection.execute(
        "create table publication (snapshot_id text, as_of date, known_at timestamp, built_at timestamp, rulebook_version text, code_version text, sources text)"
    )
    sources = json.dumps({"erp": {"file": "订单导出_20250401.csv", "extracted_on": "2025-04-01"}}, ensure_ascii=False)
    connection.execute(
        "insert into publication values (?, ?, null, ?, ?, ?, ?)",
        ["20250402T034100", AS_OF, datetime(2025, 4, 1, 19, 41), "v2025.3", "0.1.0", sources],
    )
