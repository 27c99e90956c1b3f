"""What is said of the chapters about pay, customers, prices and the market."""

CHAPTERS = {
    "write a number or a percentage, as 5 or 5%.": "请写数字或百分数，如 5 或 5%。",
    "write a number of months, as 12 months.": "请写月数，如 12 months。",
    "the first band must begin with 0.": "第一档须从 0 开始。",
    "each band must begin above the one before.": "每一档的起点须高于前一档。",
    "write for whom the rule is: `roles`, `employees`, or both.": "请写适用对象：roles、employees，或两者都写。",
    "`{}` is none of its choices.": "“{}”不在可选项之中。",
    # appraisal
    "{} has these variants: {}.": "{} 的口径有：{}。",
    "write either `zero_at` and `full_at`, or `bands`.": "请写 zero_at 和 full_at，或写 bands。",
    "`zero_at` and `full_at` are the same.": "zero_at 与 full_at 相同。",
    "a KPI is either a `metric` or a `form`.": "考核指标写 metric 或 form，二选一。",
    "a metric needs a `curve`, and a form has none.": "metric 需要 curve，form 不写 curve。",
    "of {} {} is better: turn the curve around.": "{} 以 {} 为好，请把计分方向倒过来（higher 越高越好，lower 越低越好）。",
    "the weights add up to {}, not to 100.": "权重合计为 {}，不是 100。",
    "a grade stands here twice.": "有等级写了两次。",
    "the veto gives the grade {}, and the grades are {}.": "否决给出等级 {}，而等级只有 {}。",
    "{} {} times stands here twice.": "{} 连续 {} 次写了两遍。",
    # pay
    "the splits add up to {}%, not to 100%.": "业绩分配合计为 {}%，不是 100%。",
    "a contest needs a last day: `effective: {from, to}`.": "竞赛须有最后一天：effective: {from, to}。",
    # customers and market
    "a class stands here twice.": "有客户类别写了两次。",
    "the cut points must rise.": "分界须逐个增大。",
    "the key class {} is not among the classes {}.": "重点类别 {} 不在类别 {} 之中。",
    "write a condition: `industry`, `territory` or `customer_class`.": (
        "请写条件：industry、territory 或 customer_class。"
    ),
    "the last segment, and only that one, must be without `when`: it takes all others.": (
        "最后一个细分市场（且只有它）不写 when：它收下其余的。"
    ),
    "acknowledging, deciding and closing must be due in that order.": "受理、决定、闭环的期限须依次不早于前一个。",
    "a complaint is closed after it is answered, not before.": "投诉先答复后关闭，关闭期限不能更短。",
    "the category `other` is missing: it holds for complaints of no other one.": "缺少 other 类：它管其余类别的投诉。",
    "write a `metric` with `below` or `above`, or `feedback` with a severity.": (
        "请写 metric 加 below 或 above，或写 feedback 和严重度。"
    ),
    "of {} {} is better: turn the limit around.": "{} 以 {} 为好，请把界限方向倒过来（higher 越高越好，lower 越低越好）。",
    # prices
    "write a `product` or a `product_line`, not both.": "请写 product 或 product_line，不要都写。",
    "the guide price lies below the floor.": "指导价低于底价。",
    "one line must be without product and class: it holds for all others.": (
        "须有一行不写产品和客户类别：它管其余全部。"
    ),
    "write either `discount: 5%`, or `buy` and `get`.": "请写 discount: 5%，或写 buy 和 get。",
    "a promotion needs a last day: `effective: {from, to}`.": "促销须有最后一天：effective: {from, to}。",
    "write a `product` or a `product_line`, and not both.": "请写 product 或 product_line 之一。",
    "write whose quota it is in `owner`, but not of the company.": "请在 owner 写明是谁的配额；公司的不写。",
    "write who gets it: `customers`, `customer_classes`, or both.": (
        "请写谁得到返利：customers、customer_classes，或两者都写。"
    ),
    # targets
    "`to` lies below `from`.": "to 小于 from。",
    "`{}` is required of {}, and not among its `metrics`.": "{1} 层级必须有 {0}，但 metrics 里没有它。",
    "`{}` states something twice.": "{} 里有内容写了两次。",
    "a {} has {} stages, not {}.": "{} 应有 {} 个阶段，不是 {} 个。",
    "the bands must begin with 0% and rise.": "分档须从 0% 起，逐个增大。",
}
