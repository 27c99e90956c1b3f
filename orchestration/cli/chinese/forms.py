"""`salesops forms`, and what is wrong with a form."""

FORMS = {
    # help
    "Workbooks that people fill in: make them (`make`), see who still owes one (`status`), remind (`remind`). "
    "Dropped into landing/ under any name, a filled form loads without a mapping.": (
        "由人填写的表格：生成（`make`）、查看谁还没交（`status`）、催办（`remind`）。"
        "填好的表格不论叫什么名字，放进 landing/ 即可读入，不用映射。"
    ),
    "Make the forms, prefilled: one workbook for each person and period, in the person's language.\n\n"
    "Example: `salesops forms make targets --period 2025-07 --for E0012`.": (
        "生成预填好的表格：每人每期一个工作簿，用填写人的语言。\n\n"
        "例：`salesops forms make targets --period 2025-07 --for E0012`。"
    ),
    "Show who owes which form by when, and what has come back.\n\n"
    "Example: `salesops forms status --period 2025-07`, or `salesops forms status --json`.": (
        "显示谁应在何时前交哪张表格，以及已收到的。\n\n"
        "例：`salesops forms status --period 2025-07`，或 `salesops forms status --json`。"
    ),
    "Mail everybody whose form is late or nearly due, once each; the form travels with the mail.\n\n"
    "Example: `salesops forms remind`. In pilot mode the pilots get the mails.": (
        "给表格已过期或即将到期的人发邮件，每人一次，并附上表格。\n\n"
        "例：`salesops forms remind`。试运行时邮件发给试运行邮箱。"
    ),
    "The form, as `targets`; else all that rulebook/forms.yml asks for.": (
        "表格，如 `targets`；不写则为 rulebook/forms.yml 要求的全部。"
    ),
    "The period, as 2025-07, 2025-Q3 or 2025; else by the due date.": (
        "期间，如 2025-07、2025-Q3 或 2025；不写则按截止时间。"
    ),
    "As it stands at the end of that day; else now.": "以那一天结束时为准；不写则为现在。",
    "Only for this person, by code.": "只给这个人，写工号。",
    "The folder; else forms/ in the workspace.": "文件夹；不写则为工作区的 forms/。",
    # spoken
    "Writing forms …": "正在生成表格……",
    "{count} forms are made in {folder}.": "已在 {folder} 生成 {count} 张表格。",
    "No form is asked for; write rulebook/forms.yml, or make one with `salesops forms make FORM`.": (
        "没有要求填写的表格；请编写 rulebook/forms.yml，或用 `salesops forms make 表格` 生成。"
    ),
    "Nobody needs a reminder.": "没有需要催办的人。",
    "{who}: {form} {period}: {outcome} {why}": "{who}：{form} {period}：{outcome} {why}",
    "Person": "填写人",
    "Form": "表格",
    "Period": "期间",
    "Due": "截止",
    "File": "文件",
    "State": "状态",
    "Rows": "行数",
    "Kept out": "隔离",
    "not made": "未生成",
    "waiting": "待交",
    "late": "已过期",
    "received": "已收到",
    "received with errors": "已收到，有错误",
    "reminded": "已催办",
    "reminded before": "此前已催办",
    "not reminded": "未能催办",
    "perhaps reminded": "可能已催办",
    # errors
    "no form is asked for in this period.": "这个期间没有要求填写的表格。",
    "Name one ({}), or write rulebook/forms.yml.": "请指定一张（{}），或编写 rulebook/forms.yml。",
    "none of these forms is for `{}`.": "这些表格都不由“{}”填写。",
    "They are for: {}.": "填写人有：{}。",
    "there is no form `{}`.": "没有表格“{}”。",
    "`{}` is no period of this form, which is for each {}.": "“{}”不是这张表格的期间，它按 {} 填写。",
    "Write it as {}.": "请写成 {}。",
    "this is version {} of the form `{}`, and only version {} is read.": (
        "这是表格“{1}”的第 {0} 版，现在只读第 {2} 版。"
    ),
    "Make it anew with `salesops forms make {}` and copy the answers over.": (
        "请用 `salesops forms make {}` 重新生成，再把填写的内容抄过去。"
    ),
    "name either a `field` of the table, or something `shown` with its `label`.": (
        "请写数据表的字段 field，或写 shown 及其名称 label。"
    ),
    "this is a filled form, which needs no mapping.": "这是填好的表格，不需要映射。",
    "Put it into landing/; the next load takes it.": "请放入 landing/，下次加载时读入。",
}
