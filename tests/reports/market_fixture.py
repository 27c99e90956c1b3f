"""The market side of the small publication: sizes by half-year, prices, five competitors, feedback; made-up numbers."""

from datetime import date, timedelta
from decimal import Decimal

import duckdb

SEGMENTS = {"阀门": "Valves", "泵": "Pumps", "液压件": "Hydraulics", "轴承": "Bearings"}
TERRITORIES = {"T-S": ("华南", "South"), "T-E": ("华东", "East"), "T-N": ("华北", "North"), "T-W": ("西部", "West")}
SIZES = {"阀门": 420, "泵": 300, "液压件": 260, "轴承": 180}
WEIGHTS = {"T-S": 3, "T-E": 4, "T-N": 2, "T-W": 1}
SHARES = {
    "阀门": ("0.090", "0.121"),
    "泵": ("0.152", "0.140"),
    "液压件": ("0.062", "0.060"),
    "轴承": ("0.210", "0.205"),
}
MARKET_GROWTH = {"阀门": "0.08", "泵": "-0.02", "液压件": "0.05", "轴承": "0.00"}
COMPETITORS = {
    "K01": ("鼎峰传动", "Dingfeng Drives", 40, 10),
    "K02": ("北辰电机", "Beichen Motors", 25, 11),
    "K03": ("联创液压", "Lianchuang Hydraulics", 12, 7),
    "K04": ("诺科轴承", "Nuoke Bearings", 8, 1),
    "K05": ("瓦尔登工业", "Walden Industries", 14, 8),
}
REASONS = {
    "价格": (18, 5200000, 4100000),
    "交期": (9, 2600000, 3000000),
    "技术方案": (5, 900000, 0),
    "blank": (14, 3700000, 2000000),
}
THEMES = (
    ("demand", "小型化需求", 12, 5, 3400000, False),
    ("demand", "智能监测", 6, 0, 1800000, True),
    ("price", "年降要求", 9, 11, 4100000, False),
    ("quality", "漏油", 3, 4, None, False),
)
UNITS = ("Q", "R1", "R2", "R3", "R4", "R11", "R12", "R21", "R22", "R31", "R32", "R41", "R42")


def build(connection: duckdb.DuckDBPyConnection, hostile: dict[str, str]) -> None:
    """Add the market marts; `hostile` replaces names of competitors (K01…), themes and sources."""
    connection.execute("alter table fct_order_lines add column channel text")
    connection.execute("update fct_order_lines set channel = case hash(order_id) % 7 when 0 then '经销' when 1 then '网店'"
                       " when 2 then null else '直销' end")  # fmt: skip
    _names(connection, hostile)
    _market(connection, hostile)
    _winning(connection, hostile)
    _feedback(connection, hostile)


def _names(connection: duckdb.DuckDBPyConnection, hostile: dict[str, str]) -> None:
    connection.execute("create table dim_competitor (competitor_id text, name text, name_en text)")
    connection.executemany("insert into dim_competitor values (?, ?, ?)",
                           [(k, hostile.get(k, v[0]), hostile.get(k, v[1])) for k, v in COMPETITORS.items()])  # fmt: skip
    connection.execute(
        "create table dim_territory (territory_id text, parent_territory_id text, name text, name_en text)"
    )
    rows = [(k, None, *v) for k, v in TERRITORIES.items()] + [("T-GD", "T-S", "广东", "Guangdong")]
    connection.executemany("insert into dim_territory values (?, ?, ?, ?)", rows)


def _cells() -> list[tuple]:
    """Market and own sales of 2024-H2 by segment and territory; nobody tells the size of bearings in the west."""
    cells = []
    for segment, size in SIZES.items():
        now, before = (Decimal(text) for text in SHARES[segment])
        for territory, weight in WEIGHTS.items():
            known = (segment, territory) != ("轴承", "T-W")
            market = Decimal(size * weight * 100_000)
            prior = (market / (1 + Decimal(MARKET_GROWTH[segment]))).quantize(Decimal("0.01"))
            sales = market * now
            cells.append((segment, territory, known, market if known else None, prior if known else None, sales,
                          sales if known else None, (prior * before).quantize(Decimal("0.01")) if known else None))  # fmt: skip
    return cells


def _market(connection: duckdb.DuckDBPyConnection, hostile: dict[str, str]) -> None:
    connection.execute("create temp table cells (segment text, territory_id text, known boolean, market decimal(18,2),"
                       " prior_market decimal(18,2), sales decimal(18,2), covered decimal(18,2), prior_covered decimal(18,2))")  # fmt: skip
    connection.executemany("insert into cells values (?, ?, ?, ?, ?, ?, ?, ?)", _cells())
    english = " ".join(f"when '{zh}' then '{en}'" for zh, en in SEGMENTS.items())
    connection.execute(f"""
        create temp table cubed as
        with summed as (
            select coalesce(segment, 'all') as segment, coalesce(territory_id, 'all') as territory_id, bool_or(known) as known,
                count(*) = 1 as is_given, sum(market) as market, sum(prior_market) as prior_market, sum(sales) as sales,
                sum(covered) as covered, sum(prior_covered) as prior_covered
            from cells group by cube(segment, territory_id))
        select s.*, case segment {english} end as segment_en, t.name as territory_name, t.name_en as territory_name_en,
            covered / market as share, prior_covered / prior_market as prior_share
        from summed as s left join dim_territory as t using (territory_id)""")
    source = hostile.get("source", "机械工业协会")
    connection.execute("""
        create table mart_market_share as
        select p.period_type, p.period_start, p.period_label, p.period_state, segment, segment_en, territory_id, territory_name,
            territory_name_en, territory_id not in ('all', 'T-S') as is_territory_leaf, sales::decimal(18,2) as sales_amount, known as has_source,
            is_given and known as is_given, true as is_latest_with_source, market::decimal(18,2) as market_amount,
            covered::decimal(18,2) as covered_sales_amount, (covered / sales)::decimal(18,6) as coverage_rate, share::decimal(18,6) as share_rate,
            prior_market::decimal(18,2) as prior_year_market_amount, prior_covered::decimal(18,2) as prior_year_covered_sales_amount,
            prior_share::decimal(18,6) as prior_year_share_rate, (share - prior_share)::decimal(18,6) as share_change,
            case when segment = 'all' and territory_id = 'all' then 0.8 end::decimal(18,6) as relative_share_rate,
            null::decimal(18,6) as volume_share_rate, null::decimal(18,6) as prior_year_volume_share_rate, null::decimal(18,6) as volume_share_change,
            case when known then $source end as source, case when known then date '2025-01-20' end as published_on
        from cubed, dim_period as p where p.period_label = '2024-H2'""", {"source": source})  # fmt: skip
    connection.execute("""
        insert into mart_market_share by name
        select period_type, period_start, period_label, period_state, 'all' as segment, 'all' as territory_id, 100 as sales_amount, false as has_source,
            false as is_given, false as is_latest_with_source from dim_period where period_label = '2025-03'""")
    connection.execute("""
        create table mart_market_trend as
        select s.period_type, s.period_start, s.period_label, s.period_state, segment, segment_en, territory_id, sales_amount,
            (market_amount / prior_year_market_amount - 1)::decimal(18,6) as market_growth_rate,
            (covered_sales_amount / prior_year_covered_sales_amount - 1)::decimal(18,6) as covered_growth_rate,
            (covered_sales_amount / prior_year_covered_sales_amount - market_amount / prior_year_market_amount)::decimal(18,6) as growth_gap,
            null::decimal(18,6) as price_index_rate, null::decimal(18,6) as discount_rate, null::decimal(18,2) as price_effect_amount,
            null::decimal(18,2) as listed_booked_amount
        from mart_market_share as s where territory_id = 'all' and has_source""")
    connection.execute("""
        insert into mart_market_trend by name
        select period_type, period_start, period_label, period_state, 'all' as segment, 'all' as territory_id, 0.97 + month(period_start) / 100.0 as price_index_rate,
            0.12 + month(period_start) / 1000.0 as discount_rate, 250000 * month(period_start) as price_effect_amount, 21000000 as listed_booked_amount
        from dim_period where period_type in ('month', 'quarter') and year(period_start) = 2025 and has_begun""")
    connection.execute("""
        create table mart_segment as
        select p.period_type, p.period_start, p.period_label, p.period_state, l.product_line as segment, 'all' as territory_id,
            sum(net_amount) filter (where business_date >= p.period_start and business_date < p.cutoff)::decimal(18,2) as sales_amount,
            sum(net_amount) filter (where business_date >= p.prior_year_start and business_date < p.prior_year_cutoff)::decimal(18,2)
                as prior_year_sales_amount, count(distinct customer_id) as customer_count
        from dim_period as p, fct_order_lines as l where p.has_begun group by all""")


def _of_units(connection: duckdb.DuckDBPyConnection, mart: str, rows: str) -> None:
    """The same rows for every unit and every period that has begun; a unit below the company has the half of them."""
    connection.execute(f"""
        create table {mart} as
        select u.org_unit_id, u.org_level, u.is_leaf, p.period_type, p.period_start, p.period_label, p.period_state, r.*
        from dim_org_unit as u, dim_period as p, ({rows}) as r where p.has_begun""")


def _winning(connection: duckdb.DuckDBPyConnection, hostile: dict[str, str]) -> None:
    _of_units(connection, "mart_win_rate", """
        select 45 as won_count, 75 as lost_count, 120 as closed_count, 4 as excluded_count, 0.375::decimal(18,6) as win_rate,
            0.42::decimal(18,6) as win_value_rate, 0.40::decimal(18,6) as prior_win_rate, 0.41::decimal(18,6) as prior_year_win_rate""")  # fmt: skip
    values = []
    for n, (code, (zh, en, closed, won)) in enumerate(COMPETITORS.items()):
        zh, en = hostile.get(code, zh), hostile.get(code, en)
        values.append((code, zh, en, closed + 3, closed, won, closed - won, round(won / closed, 6), (closed - won) * 150_000,
                       None if n == 3 else 0.03 * n - 0.02, 0 if n == 3 else 5 + n, date(2025, 3, 20 - n) if n < 4 else None))  # fmt: skip
    values.append(("any", None, None, 80, 70, 30, 40, 0.428571, 6_000_000, None, 0, None))
    values.append(("none", None, None, 55, 50, 15, 35, 0.3, 5_000_000, None, 0, None))
    connection.execute("create temp table met (competitor_id text, competitor_name text, competitor_name_en text, met_count bigint, closed_count bigint,"
                       " won_count bigint, lost_count bigint, win_rate decimal(18,6), lost_amount decimal(18,2), price_gap_rate decimal(18,6),"
                       " price_pair_count bigint, last_move_on date)")  # fmt: skip
    connection.executemany("insert into met values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    _of_units(connection, "mart_competitor", """
        select *, met_count * 200000::decimal(18,2) as met_amount, 0.4::decimal(18,6) as prior_year_win_rate, 0.45::decimal(18,6) as prior_win_rate,
            case when last_move_on is not null then '竞品降价' end as last_move_theme from met""")  # fmt: skip
    lost = sum(amount for _, amount, _ in REASONS.values())
    reasons = ", ".join(f"('{r}', {n}, {a}, {p}, {a / lost:.6f})" for r, (n, a, p) in REASONS.items())
    _of_units(connection, "mart_lost_reason", f"""
        select lost_reason, lost_count, lost_amount::decimal(18,2) as lost_amount, prior::decimal(18,2) as prior_lost_amount,
            share::decimal(18,6) as amount_share_rate, lost_reason = 'blank' as is_blank
        from (values {reasons}) as t(lost_reason, lost_count, lost_amount, prior, share)""")  # fmt: skip


def _feedback(connection: duckdb.DuckDBPyConnection, hostile: dict[str, str]) -> None:
    connection.execute("create temp table heard (kind text, theme text, mention_count bigint, prior_mention_count bigint,"
                       " attached_amount decimal(18,2), is_new_theme boolean)")  # fmt: skip
    connection.executemany("insert into heard values (?, ?, ?, ?, ?, ?)",
                           [(k, hostile.get(t, t), *rest) for k, t, *rest in THEMES])  # fmt: skip
    _of_units(connection, "mart_market_feedback", """
        select *, mention_count - prior_mention_count as mention_change_count, c.competitor_id, 'all' as segment
        from heard, (values ('none')) as c(competitor_id)""")  # fmt: skip
    _of_units(connection, "mart_feedback_routing", """
        select 'all' as department, 30 as mention_count, 20 as prior_mention_count, 10 as mention_change_count, 24 as prior_year_mention_count,
            0.4::decimal(18,6) as closed_loop_rate, 0.5::decimal(18,6) as prior_closed_loop_rate, 12.5::decimal(18,2) as mean_decide_days""")  # fmt: skip
    connection.execute("create table mart_feedback_item (feedback_id text, org_unit_id text, received_on date, employee_id text, customer_id text,"
                       " competitor_id text, kind text, theme text, segment text, content text, severity text, attached_amount decimal(18,2),"
                       " department text, step text, due_on date, is_overdue boolean, days_overdue integer)")  # fmt: skip
    rows = []
    for n in range(50):
        kind, theme, *_ = THEMES[n % 4]
        due = date(2025, 4, 10) - timedelta(days=2 * n)
        late = max((date(2025, 3, 31) - due).days, 0)
        rows.append((f"FK{n:03}", f"R{n % 4 + 1}{n % 2 + 1}", due - timedelta(days=10), f"E{n % 24:02}", f"C{n % 40:02}",
                     "K01" if n % 5 == 0 else "none", kind, hostile.get(theme, theme), "all", f"内容{n}", "high",
                     None if n % 6 == 5 else 40_000 + 1_000 * n, ("研发部", "价格委员会", "none")[n % 3],
                     ("acknowledge", "decide", "close")[n // 3 % 3], due, late > 0, late))  # fmt: skip
    connection.executemany(f"insert into mart_feedback_item values ({', '.join('?' * 17)})", rows)
    connection.execute("""
        create table fct_feedback as
        select 'FC' || n as feedback_id, date '2025-03-01' + n::int as business_date, 'K0' || (n % 5 + 1) as competitor_id,
            'competitor' as kind, '竞品降价' as theme, '型号 ' || n || ' 降价' as content, 10000.00 * n as attached_amount, 'E01' as employee_id
        from range(6) as t(n)""")
