"""What is said of a target season: of its rules, proposals and splits."""

TARGET_SEASON = {
    "the shares below {} add up to {}%, not to 100%.": "{} 下的比例合计 {}%，不是 100%。",
    "`by: {}` is stated twice.": "“by: {}”写了两次。",
    "write either `from_history:` with a number of years, or twelve `shares`.": (
        "请写 from_history 及年数，或写十二个比例 shares。"
    ),
    "a profile has twelve shares, and {} are given.": "月度分布要有十二个比例，现有 {} 个。",
    "the shares add up to {}%, not to 100%.": "比例合计 {}%，不是 100%。",
    "write low, middle and high in rising order.": "低、中、高须由小到大。",
    # help
    "Set targets: what three methods propose (`propose`), and a target split over units, people and months "
    "(`split`). Nothing is changed until a workbook is dropped into landing/.": (
        "制定目标：三种方法的建议（`propose`），以及把目标分解到部门、人员和月份（`split`）。"
        "工作簿放进 landing/ 之前，什么也不会改变。"
    ),
    "Propose targets from growth, market and capacity, for each unit (and in the workbook for each person).\n\n"
    "Example: `salesops targets propose --year 2026 --metric booked_amount --out proposals.xlsx`.": (
        "按历史增长、市场和产能，为每个部门（工作簿中还有每个人）建议目标。\n\n"
        "例：`salesops targets propose --year 2026 --metric booked_amount --out 目标建议.xlsx`。"
    ),
    "Split a year's target over units, people and months, by the rulebook's weights and seasonality.\n\n"
    "Example: `salesops targets split --year 2026 --total 120000000 --lock EAST=50000000 --out landing/targets.xlsx`.\n"
    "The workbook loads without a mapping, as the next version of these targets.": (
        "按规则手册的权重和月度分布，把年度目标分解到部门、人员和月份。\n\n"
        "例：`salesops targets split --year 2026 --total 120000000 --lock EAST=50000000 --out landing/目标.xlsx`。\n"
        "工作簿不用映射即可读入，成为这些目标的下一版本。"
    ),
    "The year of the targets; else the next one.": "目标年度；不写则为下一年度。",
    "Write a workbook to this file.": "把工作簿写到这个文件。",
    "As `booked_amount`; else what the rulebook calls sales.": "如 `booked_amount`；不写则为规则手册所定的业绩口径。",
    "The unit whose target is split; else the company.": "分解哪个部门的目标；不写则为公司。",
    "What is split; else the target set, or the proposal.": "分解的总额；不写则为已定目标，或建议值。",
    "A value that stays; may be repeated.": "保持不变的值；可写多次。",
    "The day of approval, if it is approved.": "批准日期（如已批准）。",
    # spoken
    "{metric} {year}": "{metric} {year} 年",
    "Written: {file}": "已写入：{file}",
    "In landing/ it loads as version {version} of these targets.": "放进 landing/ 后，作为这些目标的第 {version} 版读入。",
    "{n} sums of children were compared with their parent's month: {differ} differ.": (
        "逐月核对了 {n} 个下级合计与其上级：{differ} 个不符。"
    ),
    "Owner": "对象",
    "Code": "编码",
    "Metric": "指标",
    "Method": "方法",
    "Low": "低",
    "Middle": "中",
    "High": "高",
    "Set": "已定",
    "Set last year": "上年目标",
    "Gap to the middle": "与中值之差",
    "Basis": "依据",
    "Proposals": "目标建议",
    "Weighed": "权重",
    "Year": "全年",
    "Q1": "一季度",
    "Q2": "二季度",
    "Q3": "三季度",
    "Q4": "四季度",
    "history_growth": "历史增长",
    "market_growth": "市场与份额",
    "capacity": "产能",
    "proposal": "合计建议",
    "the total": "总额",
    "locked": "锁定",
    "fixed share": "固定比例",
    "all alike": "平均",
    "last year": "上年实际",
    "no history": "无历史",
    "n/a: no history": "n/a：没有历史",
    "n/a: fewer than two full years": "n/a：不足两个完整年度",
    "n/a: no market size": "n/a：没有市场规模",
    "n/a: not money": "n/a：不是金额",
    "n/a: no seats": "n/a：没有席位",
    "n/a: no quota of a seat": "n/a：没有席位定额",
    "n/a: no method has a value": "n/a：没有可用的方法",
    # errors
    "this publication proposes no targets.": "这个发布没有目标建议。",
    "{} is not a year for which targets are set now.": "{} 不是现在制定目标的年度。",
    "Years are {}.": "年度有：{}。",
    "`{}` is not a metric of targets.": "“{}”不是目标的指标。",
    "there is nothing to split in {} for {}: no target is set, and none can be proposed.": (
        "{1} 年的 {0} 没有可分解的：既没有已定目标，也无法建议。"
    ),
    "See `salesops targets propose`.": "见 `salesops targets propose`。",
    "`{}` has no part in this target.": "“{}”不在这个目标之内。",
    "the locked targets below {} do not fit its {}: {}.": "{} 下锁定的目标与其 {} 不符：{}。",
    "Lower them, leave one of the others open, or raise the total with --total.": (
        "请调低它们，或留一个不锁定，或用 --total 提高总额。"
    ),
    "targets are set for years.": "目标按年度制定。",
    "`{}` is not an amount.": "“{}”不是金额。",
    "Write it as 120000000 or 1250.50.": "请写成 120000000 或 1250.50。",
    "`{}` does not say what is locked.": "“{}”没有写明锁定什么。",
    "Write it as EAST=50000000.": "请写成 EAST=50000000。",
}
