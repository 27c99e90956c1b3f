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
}
