"""Chinese of `salesops close` and `salesops reopen`."""

CLOSING = {
    # help
    "Close a month: its figures are frozen, and later corrections stand in the open month as adjustments.\n\n"
    "Example: `salesops close --period 2025-05 --preview`, then with `--by NAME` in place of --preview.": (
        "月结：冻结该月数字，之后的更正作为调整计入未结账的月份。\n\n"
        "例：先 `salesops close --period 2025-05 --preview`，再把 --preview 换成 `--by 姓名`。"
    ),
    "Reopen the last closed month; what was frozen stays on record, and closing it again is a new version.\n\n"
    'Example: `salesops reopen --period 2025-05 --reason "price list was wrong" --by NAME`.': (
        "反结账：打开最后一个已结账的月份；冻结过的数字仍留底，再次结账为新版本。\n\n"
        "例：`salesops reopen --period 2025-05 --reason “价格表有误” --by 姓名`。"
    ),
    "The month, as 2025-05.": "月份，写作 2025-05。",
    "Only this subject; else all that have figures.": "只处理这一主题；不写则为所有有数字的主题。",
    "Who closes it.": "结账人。",
    "Who reopens it.": "反结账人。",
    "Why it is reopened.": "反结账的原因。",
    "Show what is open and what would be frozen.": "列出尚未妥当之处以及将要冻结的数字。",
    # spoken
    "{period} is closed for: {subjects}.": "{period} 已结账：{subjects}。",
    "{period} is open again for: {subjects}.": "{period} 已反结账：{subjects}。",
    "Published {snapshot}, which says so.": "已发布 {snapshot}，其中已标明结账状态。",
    "Nothing is late, held, kept out or unreconciled.": "没有迟到、扣留、隔离或对账差异。",
    "\nNot as it should be": "\n尚未妥当",
    "\nFrozen, of the whole company": "\n冻结的数字（全公司）",
    "\nMonths": "\n月份",
    "concern": "事项",
    "item": "项目",
    "amount": "数值",
    "subject": "主题",
    "measure": "指标",
    "adjustment amount": "以前期间调整",
    "sales": "销售",
    "receivables": "应收",
    "pay": "薪酬",
    "open": "未完",
    "preliminary": "未结账",
    "closed": "已结账",
    "source is late": "数据源迟到",
    "file is held": "文件被扣留",
    "rows are kept out": "有行被隔离",
    "reconciliation differs": "对账有差异",
    "sales_amount": "销售额",
    "booked_amount": "订单额",
    "shipped_amount": "发货额",
    "invoiced_amount": "开票额",
    "gross_margin_amount": "毛利",
    "collected_amount": "回款额",
    "credit_note_amount": "红字金额",
    "applied_amount": "核销额",
    "written_off_amount": "坏账核销额",
    "closing_receivable_amount": "期末应收",
    "overdue_amount": "逾期应收",
    "backlog_amount": "在手订单",
    "order_count": "订单数",
    "new_customer_count": "新客户数",
    "won_count": "赢单数",
    "lost_count": "输单数",
    # errors
    "`{}` is missing: the register names who did it and why.": "缺少 `{}`：结账记录须写明由谁、为何办理。",
    "`{}` is no month of this publication.": "“{}”不是本次发布中的月份。",
    "Only months are closed, written as 2025-05; a quarter is closed when its months are.": (
        "只按月结账，写作 2025-05；季度的各月都结账后，季度即已结账。"
    ),
    "the publication counts up to {}, and {} ends on {}.": "发布的数据只截至 {}，而 {} 到 {} 才结束。",
    "First `salesops run --as-of {}`, or a later day.": "请先 `salesops run --as-of {}`，或更晚的日期。",
    "this publication is older than closings.": "这次发布早于结账功能。",
    "Run `salesops run`, then close.": "请先 `salesops run`，再结账。",
    "the last run did not publish, so what is published is not what has been delivered.": (
        "上次运行没有发布，已发布的数字不是最新送达的数据。"
    ),
    "Mend what `salesops status` shows, then `salesops run`.": "请按 `salesops status` 所示处理，再 `salesops run`。",
    "the publication has no figures of {}, so there is nothing to close.": "发布中没有 {} 的数字，无账可结。",
    "{} is closed already.": "{} 已经结账。",
    "To close it anew, reopen it first: {}": "如需重新结账，请先反结账：{}",
    "months are closed in order, and the last that is closed for {} is {}.": "须按月顺序结账，{} 最后结账的月份是 {}。",
    "Close {} next.": "下一个应结账的是 {}。",
    "{} is not closed.": "{} 没有结账。",
    "`salesops status` shows which months are.": "`salesops status` 列出已结账的月份。",
    "{} has been closed after {}, for {}.": "{1} 之后的 {0} 已结账（{2}）。",
    "Reopen {} first. A correction needs no reopening: it stands in the open month.": (
        "请先反结账 {}。更正不需要反结账：它会计入未结账的月份。"
    ),
}
