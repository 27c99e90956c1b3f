"""What `salesops rulebook` says."""

RULEBOOK_CHECK = {
    "The rules that the company writes in rulebook/*.yml: check them (`check`), see what a change would have done "
    "(`diff`), print them (`render`), and fill in their tables in a workbook (`xlsx`).": (
        "公司写在 rulebook/*.yml 里的规则：检查（check）、试算改动的影响（diff）、打印（render）、用表格填写（xlsx）。"
    ),
    "Write the tables inside rules (bands, weights, readers, holidays …) as a workbook, or read one back.\n\n"
    "Example: `salesops rulebook xlsx commission`, then `salesops rulebook xlsx --read rulebook.xlsx`. What is read is\n"
    "checked first: nothing is written if a rule would break; comments and order of the files stay.": (
        "把规则里的表（分档、权重、读者、节假日……）写成工作簿，或读回填好的工作簿。\n\n"
        "示例：`salesops rulebook xlsx commission`，填好后 `salesops rulebook xlsx --read rulebook.xlsx`。"
        "读回前先检查：有规则会出错就什么都不写；文件里的注释和顺序不变。"
    ),
    "Only this chapter, as `commission`; else all.": "只写这一章，如 commission；不写则全部。",
    "The workbook to write; else rulebook.xlsx in the workspace.": "要写的工作簿；不写则为工作区里的 rulebook.xlsx。",
    "A filled workbook: write its changes into the rules.": "填好的工作簿：把改动写进规则。",
    "(taken out)": "（删去）",
    "{count} cells changed.": "改了 {count} 个单元格。",
    "{path} has {count} tables.": "{path} 共 {count} 张表。",
    "Chapter": "章节",
    "Rule": "规则",
    "Cell": "单元格",
    "Before": "原来",
    "After": "改为",
    "this is not a workbook that can be read.": "这不是能读的工作簿。",
    "this sheet shows no table of a rule.": "这张表不是规则里的表。",
    "Use a workbook that `salesops rulebook xlsx` wrote.": "请用 salesops rulebook xlsx 写出的工作簿。",
    "the rulebook has no file {}.yml.": "规则手册没有文件 {}.yml。",
    "the rulebook has no file for this chapter.": "规则手册没有这一章的文件。",
    "{}.yml has no rule `{}`.": "{}.yml 里没有规则“{}”。",
    "the rule has no such table, or other columns.": "规则里没有这张表，或列不同。",
    "Write the workbook anew.": "请重新写出工作簿。",
    "The day on which the rules are looked at; else yesterday.": "以哪一天为准检查；不写则为昨天。",
    "Check the rulebook and explain what is wrong, doubtful or worth a thought; exit code 2 for what is wrong.\n\n"
    "Example: `salesops rulebook check`.": (
        "检查规则手册，说明哪里错、哪里可疑、哪里值得想一想；有错时退出码为 2。\n\n示例：`salesops rulebook check`。"
    ),
    "{severity} {where} {rule}: {what} {mend}": "{severity} {where} {rule}：{what}{mend}",
    "{error} errors, {warning} warnings, {hint} hints.": "错误 {error} 项，警告 {warning} 项，提示 {hint} 项。",
    "error": "错误",
    "warning": "警告",
    "hint": "提示",
    # owners
    "nobody owns this rule.": "这条规则没有负责人。",
    "Add `owner:` with an employee code.": "请加上 owner: 和员工编号。",
    "the owner `{}` is not among the employees.": "负责人“{}”不在员工表里。",
    "the owner `{}` left the company on {}.": "负责人“{}”已于 {} 离职。",
    "Write the employee code of whoever looks after the rule.": "请写现在负责这条规则的人的员工编号。",
    # times
    "this rule should have been reviewed by {}.": "这条规则应在 {} 前复审。",
    "Review it, and set the next `review_by`.": "请复审，并写下一次的 review_by。",
    "no day of review is set.": "没有写复审日期。",
    "Add `review_by:` with a day.": "请加上 review_by: 和日期。",
    "this rule is a draft: nothing follows it yet.": "这条规则是草案，尚未生效。",
    "Once it is agreed, set `status: approved`.": "商定后请写 status: approved。",
    "this rule was approved on {}, after it began on {}.": "这条规则批准于 {}，晚于生效日 {}。",
    "Let it begin on the day of approval or later, or say why it reaches back.": (
        "请让它从批准日或更晚的日期起生效，否则请说明为什么追溯。"
    ),
    "this rule ended on {}, and none follows it.": "这条规则在 {} 到期，没有后续规则。",
    "Write its successor, or take `to:` out.": "请写后续规则，或删去 to:。",
    "from {} no rule of this chapter is in force, until `{}` begins.": "从 {} 起这一章没有有效的规则，直到“{}”开始。",
    "Let it begin on {}.": "请让它从 {} 开始。",
    # scorecards
    "the chapter `metrics` does not list {}.": "metrics 一章里没有 {}。",
    "List it there, with how many cases it needs.": "请在那里列出，并写明最少样本数。",
    "all KPIs are outcomes: none is of what people do themselves.": "考核指标全是结果，没有一项是本人所做的过程。",
    "Add a process metric, as visit_coverage_rate.": "请加一项过程指标，如 visit_coverage_rate。",
    "{} weighs {} of 100: it decides almost alone.": "{} 的权重占 {}，几乎由它一项决定。",
    "Spread the weights, unless that is meant.": "如非有意，请把权重分开。",
    "grade {} has a lower coefficient than {}, which needs a lower score.": "等级 {} 的系数低于分数更低的等级 {}。",
    "Let coefficients rise with the score.": "请让系数随分数上升。",
    "no scorecard gives the grade {}.": "没有考核表给出等级 {}。",
    "Grades are {}.": "等级有：{}。",
    # money
    "at {} attainment the commission jumps: on {} yuan it is {} yuan more than just below.": (
        "达成率到 {} 时提成跳档：{} 元业绩比刚好不到时多 {} 元。"
    ),
    "at {} the rebate jumps by {}, for one yuan or piece more.": "到 {} 时返利跳增 {}，只差一元或一件。",
    "Let the rate hold for its own band (`kind: marginal`), or make the step smaller.": (
        "请改为分段累进（kind: marginal），或把台阶改小。"
    ),
    "one step of the bonus is {} of {} yuan.": "奖金的一个台阶就有 {} 元（最高 {} 元）。",
    "Add bands between, unless that is meant.": "如非有意，请在中间加档。",
    "a higher band pays less than the one below.": "高一档反而比低一档给得少。",
    "Let them rise, unless that is meant.": "如非有意，请让它们逐档上升。",
    "from day {} on the factor rises to {}: it rewards lateness.": "从第 {} 天起系数升到 {}：这是在奖励拖延。",
    "Let the factors fall with the days.": "请让系数随天数下降。",
    "the plan has neither a cap nor a clawback.": "方案既没有封顶，也没有追回。",
    "Add `clawback:` for what customers give back, and `cap:` if there is a limit.": (
        "请为退货退款加上 clawback:，如有上限再加 cap:。"
    ),
    "`{}` and `{}` hold for the same sales at once, and are not to be added.": (
        "“{}”和“{}”同时适用于同一笔销售，又不可叠加。"
    ),
    "Part their days, products or customers, or set `stackable: true` in both.": (
        "请把日期、产品或客户错开，或两条都写 stackable: true。"
    ),
    # customers
    "there is no class {}: customers are {}.": "没有 {} 类客户：类别有 {}。",
    "Name one of these, or add it to customer_class.yml.": "请写其中之一，或在 customer_class.yml 里加上。",
    "customers of class {} have no cadence.": "{} 类客户没有写拜访频次。",
    "Add the class, or `otherwise:` for all others.": "请加上这一类，或用 otherwise: 写明其余客户。",
}
