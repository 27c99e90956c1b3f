"""What is said of odd files, and of the rows that they leave in quarantine."""

QUIRKS = {
    # files that are read all the same
    "`date_pattern: {}` finds no date in this name, so the file counts as of the day it was saved.": (
        "按“date_pattern: {}”在文件名里找不到日期，因此按文件保存的日期计。"
    ),
    "Mend the pattern, or rename the file.": "请修正该表达式，或给文件改名。",
    "the file has exactly {} rows, where many programs stop: the export may be cut off.": (
        "文件恰好有 {} 行，这是许多软件的导出上限：导出可能不完整。"
    ),
    "Compare it with the program's own count, or export in parts.": "请与原系统的条数核对，或分批导出。",
    "all {} values of {} with more than 15 digits end in zeros: Excel has likely rounded them.": (
        "{1} 中超过 15 位的 {0} 个值全以 0 结尾：很可能已被 Excel 舍入。"
    ),
    "Export again, and do not open the file in Excel before.": "请重新导出，并且不要先用 Excel 打开。",
    "of several sheets the first, `{}`, is read; the others are {}.": "有多张工作表，读取第一张“{}”；其余是 {}。",
    "Write `read: {sheet: NAME}` to say which one is meant.": "请写 `read: {sheet: 名称}` 指明是哪一张。",
    "{} rows of the sheet are hidden, or left out by a filter; they are read all the same.": (
        "工作表有 {} 行被隐藏或被筛选掉；仍照样读取。"
    ),
    "{} numbers are red without a minus sign; they are read as positive.": "有 {} 个数是红字但没有负号；按正数读取。",
    "If red means negative there, write the sign, or `negative_where:` in the mapping.": (
        "如果红字表示负数，请写上负号，或在映射里写 `negative_where:`。"
    ),
    "the header has the column `{}` twice, and the first is read.": "表头有两列“{}”，读取第一列。",
    "Name the second one as `{}_2` if that one is meant.": "如果要用第二列，请写“{}_2”。",
    "the file is text, though its name says Excel; it is read as text.": "文件名像 Excel，内容却是文本；按文本读取。",
    # files that are held
    "Export it again as CSV UTF-8.": "请重新导出为 CSV UTF-8。",
    "`{}` means several sheets.": "“{}”对应多张工作表。",
    "the file is a workbook or an archive, though its name says text.": "文件名像文本，内容却是工作簿或压缩包。",
    "Rename it to .xlsx, or export it as CSV.": "请把后缀改为 .xlsx，或导出为 CSV。",
    "the file is an XML table of Excel 2003.": "文件是 Excel 2003 的 XML 表格。",
    "Open it in Excel and save it as .xlsx.": "请用 Excel 打开，另存为 .xlsx。",
    "the web page is larger than 200 MB.": "网页超过 200 MB。",
    "the file is a web page without a table, though its name says Excel.": "文件名像 Excel，内容却是没有表格的网页。",
    "Log in and export it again: it is likely a page that asks for a login.": "请登录后重新导出：它多半是登录页面。",
    "Open it in Excel and save it again as .xlsx.": "请用 Excel 打开，再另存为 .xlsx。",
    # rows in quarantine
    "Rows that were kept out: how many and why (`list`), each with its cells and a mend (`show`), and another try after "
    "mapping, corrections or master data were mended (`retry`).\n\nEvery `salesops run` tries again, too.": (
        "被隔离的行：有多少、为什么（`list`），每一行的单元格和改法（`show`），"
        "以及改好映射、更正或基础资料后再试一次（`retry`）。\n\n每次 `salesops run` 也会再试。"
    ),
    "Count the rows in quarantine by source, table and reason.\n\nExample: `salesops quarantine list`, or `salesops "
    "quarantine list --source receipts --json`.": (
        "按数据源、表和原因统计隔离行。\n\n例：`salesops quarantine list`，或 `salesops quarantine list --source receipts --json`。"
    ),
    "Show rows in quarantine with file, row, cells, the rule, and what to write into the mapping or corrections/."
    "\n\nExample: `salesops quarantine show --source receipts --reason kind:unknown_value --limit 5`. After that is mended,"
    "\n`salesops quarantine retry` lets the rows in.": (
        "显示隔离行：文件、行号、单元格、规则，以及映射或 corrections/ 里该写什么。\n\n"
        "例：`salesops quarantine show --source receipts --reason kind:unknown_value --limit 5`。"
        "改好后，`salesops quarantine retry` 会放行这些行。"
    ),
    "Try the rows in quarantine again with mapping, corrections and master data as they are now."
    "\n\nExample: `salesops quarantine retry --table receipts`. It is a run up to the day of the current publication; with\n"
    "--table, only sources that feed this table are read.": (
        "按现在的映射、更正和基础资料，再试一次隔离行。\n\n"
        "例：`salesops quarantine retry --table receipts`。这是一次截至当前发布日期的运行；"
        "写 --table 时只读取供给该表的数据源。"
    ),
    "{count} rows have left the quarantine.": "{count} 行已离开隔离区。",
    "{count} rows are new in quarantine.": "隔离区新增 {count} 行。",
    "\nNext: `salesops quarantine show` says what to mend.": "\n下一步：`salesops quarantine show` 说明如何改正。",
    "healed": "已放行",
    "still kept out": "仍隔离",
    "no source feeds the table `{}`.": "没有数据源供给表“{}”。",
    '{}: "{}" is a name that nobody has': "{}：没有人叫“{}”",
    '{}: "{}" is a name that several have': "{}：不止一个叫“{}”",
    "A name must be that of one employee or customer, or stand in corrections/.": (
        "名称须对应唯一的员工或客户，或写在 corrections/ 里。"
    ),
    "Several have this name: corrections/ must say which one is meant.": "同名者不止一个：须在 corrections/ 里写明指谁。",
    "These come into question: {}.": "候选：{}。",
    "Only rows of this source.": "只看这个数据源的行。",
    "Only rows of this table.": "只看这个表的行。",
    "Only rows with this reason: field:rule, a field, or a rule.": "只看这个原因的行：字段:规则、字段或规则。",
    "Only rows of files with this in their name.": "只看文件名含有这段文字的行。",
    "At most so many rows.": "最多显示多少行。",
    "No row is in quarantine.": "没有隔离行。",
    "\nNext: `salesops quarantine show --reason NAME`. A row with two faults is counted under both.": (
        "\n下一步：`salesops quarantine show --reason 名称`。有两处问题的行在两处都计数。"
    ),
    "{file}, row {line}, for {table}": "{file}，第 {line} 行，表 {table}",
    " (the whole file is held)": "（整份文件被扣留）",
    "\nRules": "\n规则",
    "  {rule}: {words}": "  {rule}：{words}",
    "\nA mend, to paste into {where}": "\n改法，贴入 {where}",
    "\n{shown} of {total} rows; --limit shows more.": "\n共 {total} 行，显示 {shown} 行；用 --limit 看更多。",
    "table": "表",
    "reason": "原因",
    "rows": "行数",
    "newest": "最新",
    "example": "例",
    # reasons
    '{}: "{}" {} (column {})': "{}：“{}”{}（列“{}”）",
    "{}: is empty (column {})": "{}：为空（列“{}”）",
    "the row has {} cells, the header has {}": "此行有 {} 个单元格，表头有 {} 个",
    "a quote mark stands in the wrong place": "引号位置不对",
    "the record is longer than 2 MB": "此行超过 2 MB",
    "the text of the record is damaged": "此行的文本已损坏",
    "is not among the mapped values": "不在映射列出的取值之中",
    "is not a whole number": "不是整数",
    "is not a date": "不是日期",
    "is not a date or time": "不是日期或时间",
    "is not a number": "不是数字",
    "is not a plain number, as `times` needs one": "不是纯数字，而 times 要求纯数字",
    "is damaged text": "是损坏的文本",
    "is an error of a formula": "是公式的错误值，或公式没有计算过",
    "is a code that Excel has rounded": "是被 Excel 舍入过的编码",
    "is not a currency code such as CNY or USD": "不是 CNY、USD 这样的币种代码",
    # rules
    "A record must have as many cells as the header, with quote marks in their places.": (
        "一行的单元格数须与表头相同，引号位置须正确。"
    ),
    "This field must not be empty.": "此字段不能为空。",
    "The mapping lists the values that this column may have, and this one is not among them.": (
        "映射列出了此列允许的取值，这个值不在其中。"
    ),
    "A date is year, month, day in any usual writing; another order needs `format:`.": (
        "日期按年、月、日的常见写法读取；其他顺序须写 `format:`。"
    ),
    "A time is year, month, day and time in any usual writing; another order needs `format:`.": (
        "时间按年、月、日、时刻的常见写法读取；其他顺序须写 `format:`。"
    ),
    "This field needs a whole number.": "此字段须为整数。",
    "An amount is a number; with `times:` in the mapping it must have no unit of its own.": (
        "金额须为数字；映射写了 `times:` 时，单元格里不能再带单位。"
    ),
    "A quantity is a number; with `times:` in the mapping it must have no unit of its own.": (
        "数量须为数字；映射写了 `times:` 时，单元格里不能再带单位。"
    ),
    "A rate is a number or a percentage.": "比率须为数字或百分数。",
    "This field needs a number.": "此字段须为数字。",
    "The text was broken before it came here: mend it in the program that exports it.": (
        "文本在导出前就已损坏：请在原系统中改正。"
    ),
    "The cell holds the error of a formula, or one never calculated: open the file in Excel, mend, save.": (
        "单元格是公式的错误值，或公式没有计算过：请用 Excel 打开、改正并保存。"
    ),
    "Excel has rounded this code, and the digits are lost: export again, without opening it in Excel.": (
        "编码已被 Excel 舍入，数字无法恢复：请重新导出，不要先用 Excel 打开。"
    ),
    "A currency is a code of three letters; a sign or a name needs `values:`.": (
        "币种须为三个字母的代码；符号或名称须写 `values:`。"
    ),
    # mends
    "`skip` leaves the rows out; else write one of these in its place: {}.": "skip 表示不要这些行；否则请改写成其中之一：{}。",
    "These cells fit {}: ask whoever exports the file which one is meant.": "这些单元格符合 {}：请向导出文件的人确认是哪一种。",
    "If the workbook came from an old Excel for Mac, write excel1904 instead.": (
        "如果文件来自旧版 Mac Excel，请改写 excel1904。"
    ),
    "It holds for every number of the file.": "对此文件的所有数字都有效。",
    "Every value of the column must stand there; ￥ may also be JPY, and $ another dollar.": (
        "须列出此列的所有取值；￥也可能是日元，$ 也可能是其他元。"
    ),
    "Only if such a row belongs to the one above it; add the other columns that stand there once.": (
        "仅当此行属于上面一行时才可用；请加上其他只写一次的列。"
    ),
}
