"""What `salesops rulebook` says."""

RULEBOOK_CHECK = {
    "The rules that the company writes in rulebook/*.yml: check them (`check`), see what a change would have done "
    "(`diff`), and print them (`render`).": (
        "公司写在 rulebook/*.yml 里的规则：检查（check），测算变更的影响（diff），印成制度（render）。"
    ),
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
}
