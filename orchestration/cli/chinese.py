"""Chinese for every sentence of the command line, by its English; `{}` stands for what an error fills in."""

HELP = {
    "Sales exports in, audited marts and trusted reports out, by the company's own rulebook.": (
        "读入销售导出文件，按公司自己的规则手册，产出经核对的数据表和可信的报告。"
    ),
    "Global options may stand before or after the command. Exit codes: 0 done, 1 the run failed, 2 wrong usage or "
    "configuration, 3 done under --strict, but with quarantined rows or a warning.": (
        "全局选项写在命令前后均可。退出码：0 完成；1 运行失败；2 用法或配置有误；"
        "3 在 --strict 下完成，但有隔离行或警告。"
    ),
    "The workspace; else $SALESOPS_WORKSPACE, else the current folder.": (
        "工作区；不写则用 $SALESOPS_WORKSPACE，再不然用当前文件夹。"
    ),
    "The language of messages and reports.": "消息和报告的语言。",
    "Output for a machine.": "输出供程序读取。",
    "Say more; show tracebacks.": "多说一些；显示错误的来龙去脉。",
    "Show this message and exit.": "显示本说明。",
    "Make a new workspace.\n\nExample: `salesops init ~/acme`, or `salesops init demo --demo` for a company to try "
    "things on.": (
        "新建工作区。\n\n例：`salesops init ~/acme`；或 `salesops init demo --demo`，建一个可以试用的演示公司。"
    ),
    "The folder to make; it must not exist or be empty.": "要新建的文件夹；须不存在或为空。",
    "Fill it with the demo company's exports.": "放入演示公司的导出文件。",
    "Check settings, rulebook, mappings and file headers; nothing is loaded.\n\nExample: `salesops check`": (
        "检查设置、规则手册、映射和文件表头；不加载任何数据。\n\n例：`salesops check`"
    ),
    "Render a report without sending it.\n\nExample: `salesops report performance --period 2025-03 --scope company "
    "--lang en`": (
        "生成报告，不发送。\n\n例：`salesops report performance --period 2025-03 --scope company --lang zh`"
    ),
    "The report: performance.": "报告：performance（业绩）。",
    "2025-03, 2025-W14, 2025-Q1, 2025-H1 or 2025; else the last month that is over.": (
        "2025-03、2025-W14、2025-Q1、2025-H1 或 2025；不写则取最近一个已结束的月份。"
    ),
    "As for `report`; else the last one that is over.": "写法同 `report`；不写则取最近一个已结束的期间。",
    "The day from which the last period is looked for.": "从哪一天往回找最近的期间。",
    "A unit's code or name.": "组织单元的编码或名称。",
    "html, pdf or both, with a comma.": "html、pdf，或两者用逗号隔开。",
    "Write here instead of into the archive.": "写到这里，而不是归档。",
    "Render a report for every reader in the rulebook and deliver it, at most once per version.\n\nExample: `salesops "
    "send performance --dry-run`, then without --dry-run. Mails are files in outbox/.": (
        "为规则手册里的每位读者生成报告并投递，每个版本至多一次。\n\n"
        "例：先 `salesops send performance --dry-run`，再去掉 --dry-run。邮件是 outbox/ 里的文件。"
    ),
    "List readers and units; send nothing.": "列出读者和单元，不发送。",
    "Send again to those who have it, or may have it.": "对已收到或可能已收到的读者再发一次。",
    "Show the last runs, freshness of each source, failed checks, the publication, and deliveries.\n\nExample: "
    "`salesops status`, or `salesops status --json` for a monitor.": (
        "显示最近的运行、各数据源的新鲜程度、未通过的检查、当前发布和投递情况。\n\n"
        "例：`salesops status`；监控程序用 `salesops status --json`。"
    ),
    "Show assets, checks, runs and schedules in the browser, and run the schedules.\n\nExample: `salesops ui`, then "
    "open the address that it prints; Ctrl-C ends it.": (
        "在浏览器中显示资产、检查、运行和排程，并执行排程。\n\n例：`salesops ui`，然后打开它给出的网址；Ctrl-C 结束。"
    ),
    "The web page's port; a busy one is an error.": "网页的端口；被占用则报错。",
}

SPOKEN = {
    "Stopped.": "已停止。",
    "The workspace {path} is made.": "工作区已建好：{path}",
    "Next: write salesops.yml and sources/*.yml, put exports into landing/, then `salesops check`.": (
        "下一步：填写 salesops.yml 和 sources/*.yml，把导出文件放入 landing/，然后运行 `salesops check`。"
    ),
    "Writing the demo company's exports …": "正在生成演示公司的导出文件……",
    "settings: in order": "设置：无误",
    "rulebook: in order": "规则手册：无误",
    "mappings: in order": "映射：无误",
    "headers: in order": "表头：无误",
    "Rendering {name} …": "正在生成 {name} ……",
    "{title}, {subtitle} ({status})": "{title}，{subtitle}（{status}）",
    "It says the same as revision {revision}, so nothing new was archived.": (
        "内容与第 {revision} 版相同，没有新增归档。"
    ),
    "{count} mails written to {folder}.": "已写出 {count} 封邮件：{folder}",
    "{count} readers have this version already.": "{count} 位读者已有此版本。",
    "{count} deliveries are unsure, because a process ended while sending; look, then use --resend.": (
        "{count} 次投递结果不明，因为发送中途进程结束；请查看后用 --resend。"
    ),
    "{count} mails could not be written.": "{count} 封邮件未能写出。",
    "{name} {period} would go to {count} readers; nothing was sent.": (
        "{name} {period} 将发给 {count} 位读者；现在没有发送。"
    ),
    "{who} ({scope}) gets no mail: {why}.": "{who}（{scope}）收不到邮件：{why}。",
    "has no e-mail address": "没有邮箱地址",
    "is not among the employees": "不在员工表中",
    "has left the company": "已离职",
    "`{}` is not an e-mail address": "“{}”不是邮箱地址",
    "mail cannot reach the domain `{}`": "邮件无法送达域名“{}”",
    "new": "新",
    "recipient": "收件人",
    "name": "姓名",
    "unit": "单元",
    "language": "语言",
    "Published: {snapshot}, up to {as_of}, built {built_at} UTC, {duckdb}": (
        "当前发布：{snapshot}，数据截至 {as_of}，生成于 {built_at}（UTC），{duckdb}"
    ),
    "Nothing has been published yet; run `salesops run`.": "尚无发布；请运行 `salesops run`。",
    "There was no run yet.": "还没有运行过。",
    "Nothing has been loaded yet.": "还没有加载过数据。",
    "\nRuns": "\n运行",
    "\nSources": "\n数据源",
    "\nDeliveries": "\n投递",
    "The last run failed: {what}": "上次运行失败：{what}",
    "Check not passed: {check}: {why}": "检查未通过：{check}：{why}",
    "Check broken: {check}: {why}": "检查本身出错：{check}：{why}",
    "started at": "开始",
    "status": "状态",
    "as of": "截至",
    "seconds": "秒",
    "trigger": "触发",
    "rows quarantined": "隔离行数",
    "source": "数据源",
    "last file": "最新文件",
    "extracted on": "导出日期",
    "files": "文件数",
    "rows read": "读入行数",
    "report": "报告",
    "period": "期间",
    "state": "状态",
    "count": "数量",
    "started": "进行中",
    "done": "完成",
    "failed": "失败",
    "pending": "待发送",
    "sending": "发送中",
    "accepted": "已投递",
    "unknown": "不明",
    "Starting the web page …": "正在启动网页……",
    "The web page is at {address}; Ctrl-C ends it.": "网页地址：{address}；Ctrl-C 结束。",
}

ERRORS = {
    # settings and YAML files
    "this folder is no workspace: it has no {}.": "这个文件夹不是工作区：缺少 {}。",
    "Name one with --workspace, or make one with `salesops init PATH`.": (
        "请用 --workspace 指定工作区，或用 `salesops init 路径` 新建。"
    ),
    "the file does not exist.": "文件不存在。",
    "Make it, or run `salesops init`.": "请新建，或运行 `salesops init`。",
    "the file is not UTF-8 text.": "文件不是 UTF-8 文本。",
    "Save it as UTF-8.": "请另存为 UTF-8。",
    "Check indentation, colons and brackets.": "请检查缩进、冒号和括号。",
    "Check the values.": "请检查取值。",
    "the key `{}` stands here twice.": "键“{}”在此出现两次。",
    "Remove one of them.": "请删去一个。",
    "Rename one of them.": "请把其中一个改名。",
    "`{}`: {}": "“{}”:{}",
    "this key is not known.": "没有这个键。",
    "this key is missing.": "缺少这个键。",
    "Add it.": "请补上。",
    "Remove it.": "请删去。",
    "Did you mean `{}`?": "是不是“{}”？",
    "Input should be {} (found `{}`).": "应为 {}（现为“{}”）。",
    "String should match pattern '{}' (found `{}`).": "应符合格式 {}（现为“{}”）。",
    "`{}` is not a time zone; write one like Asia/Shanghai or Europe/Berlin.": (
        "“{}”不是时区；请写成 Asia/Shanghai 或 Europe/Berlin 这样。"
    ),
    "{}.": "{}。",
    # rulebook
    "the file must hold a list of rules.": "文件应是一列规则。",
    "Begin each rule with `- id:`.": "每条规则以“- id:”开头。",
    "the rulebook has no such chapter.": "规则手册没有这一章。",
    "Chapters are {}.": "章节有：{}。",
    "the rule id `{}` is used twice.": "规则编号“{}”用了两次。",
    "Give each its own id.": "请各给一个编号。",
    "`{}` and `{}` are both in force on {}.": "“{}”和“{}”在 {} 同时有效。",
    "End `{}` with `to:` before that day.": "请用 to: 让“{}”在那天之前结束。",
    "write a percentage, as 5% or 0.5%{}": "请写百分数，如 5% 或 0.5%{}",
    # mappings and exports
    "there is no mapping yet.": "还没有映射。",
    "Write one for each export, as NAME.yml.": "请为每份导出写一份，文件名为 名称.yml。",
    "Export it again as CSV UTF-8, or write `read: {encoding: utf-16}`.": (
        "请重新导出为 CSV UTF-8，或写 `read: {encoding: utf-16}`。"
    ),
    "Export it again.": "请重新导出。",
    "Export it as CSV.": "请导出为 CSV。",
    "It is likely text or a web page: open it in Excel and save it as .xlsx.": (
        "它多半是文本或网页：请用 Excel 打开，另存为 .xlsx。"
    ),
    "Look at that line in an editor, or write the right `read: {encoding: …}`.": (
        "请在编辑器里查看那一行，或写对 `read: {encoding: …}`。"
    ),
    "Name {}.": "请写 {}。",
    "Save it without a password.": "请另存为没有密码的文件。",
    "The file is cut off, or a quote mark is missing: export it again.": "文件被截断，或少了引号：请重新导出。",
    "The workbook has: {}.": "工作簿里有：{}。",
    "Write `read: {encoding: utf-8}`.": "请写 `read: {encoding: utf-8}`。",
    "Write the right `read: {header_row: …}`.": "请写对 `read: {header_row: …}`。",
    "a quoted cell is opened and never closed, so that the number of records cannot be trusted.": (
        "有一个单元格的引号没有闭合，记录数因此不可信。"
    ),
    "the column `{}` is missing (sources/{}).": "缺少列“{}”（sources/{}）。",
    "the file has NUL characters: it is UTF-16 text or damaged.": "文件含有 NUL 字符：它是 UTF-16 文本，或已损坏。",
    "the file is not an Excel workbook, though its name says so.": "文件名像 Excel 工作簿，内容却不是。",
    "the header should be in row {}, but the file has only {} rows.": "表头应在第 {} 行，但文件只有 {} 行。",
    "the mapping says {}, but the text is UTF-8.": "映射写的是 {}，但文本是 UTF-8。",
    "the sheet `{}` is missing.": "缺少工作表“{}”。",
    "the text is not UTF-8.": "文本不是 UTF-8。",
    "the text is not {}.": "文本不是 {}。",
    "the workbook cannot be read ({}).": "工作簿无法读取（{}）。",
    "the workbook is damaged.": "工作簿已损坏。",
    "the workbook is protected by a password.": "工作簿有密码保护。",
    "the workbook unpacks to more than 2 GB.": "工作簿解压后超过 2 GB。",
    # loads
    "another load is running in this workspace: {}.": "此工作区正在加载：{}。",
    "Wait until it ends, then run again.": "请等它结束再运行。",
    "the models could not be built: {}": "数据模型未能生成：{}",
    "See the log with -v.": "请用 -v 查看日志。",
    "the {} did not pass: {}.{}": "{}未通过：{}。{}",
    "Nothing was published; the last publication stays. Look the rows up with `salesops status`.": (
        "没有发布，上一次发布仍然有效。请用 `salesops status` 查看。"
    ),
    "the check could not be carried out ({}), so {}.": "检查无法执行（{}），因此{}。",
    "This is a fault of the check, not of the data: mend the check, then run again.": (
        "这是检查本身的错，不是数据的错：请修好检查再运行。"
    ),
    "the data fails this check{}, so {}: {}{}": "数据未通过此项检查{}，因此{}：{}{}",
    "Mend the data or its mapping, then run again.": "请修正数据或映射，再运行。",
    "nothing was published": "没有发布",
    "the copy of {} is not what was built, so nothing was published.": "{} 的副本与生成的不一致，因此没有发布。",
    "Check the disk, then run again.": "请检查磁盘，再运行。",
    "the expectation `{}` stands there twice.": "检查项“{}”出现两次。",
    "the suite is named `{}`.": "检查组的名字是“{}”。",
    "Name it `{}_{}`, as its file.": "请与文件同名：“{}_{}”。",
    "Name both alike.": "请使两者同名。",
    "`{}` is not the table of this file.": "“{}”不是此文件的表。",
    "`{}` names the column `{}`, which the table does not have.": "“{}”用到列“{}”，但表中没有。",
    "Columns are {}.": "列有：{}。",
    # reports
    "nothing has been published yet.": "尚无发布。",
    "Run `salesops run` first.": "请先运行 `salesops run`。",
    "no report is called `{}`.": "没有名为“{}”的报告。",
    "Reports are {}.": "报告有：{}。",
    "`{}` is not a format.": "“{}”不是报告格式。",
    "Formats are {}.": "格式有：{}。",
    "no {} is over by {}.": "到 {1} 为止还没有结束的 {0} 期间。",
    "Name a period with --period.": "请用 --period 指定期间。",
    "`{}` is not a period of this publication.": "当前发布中没有期间“{}”。",
    "Did you mean `{}`? Available: {}.": "是不是“{}”？可选：{}。",
    "Available: {}.": "可选：{}。",
    "`{}` begins after {}, the last day that counts.": "“{}”在数据截止日 {} 之后才开始。",
    "no unit is called `{}`.": "没有名为“{}”的单元。",
    "Name a unit by its code, or `company`.": "请写单元编码，或 company（全公司）。",
    "`{}` is not a unit.": "“{}”不是组织单元。",
    "{}Units: {}.": "{}单元有：{}。",
    "`{}` is not a unit of money.": "“{}”不是金额单位。",
    "Write one of {}.": "请写其中之一：{}。",
    # deliveries
    "another process is sending reports in this workspace.": "此工作区正有另一进程在发送报告。",
    "Wait until it ends.": "请等它结束。",
    "no rule in force on {} sends the report `{}`.": "在 {} 有效的规则中，没有一条发送报告“{}”。",
    "Write one, with `report`, `period` and `to`.": "请写一条，含 report、period 和 to。",
    "the mail to {} would be {} bytes of HTML; mail services cut such mails.": (
        "发给 {} 的邮件正文会有 {} 字节 HTML；邮件服务会截断这样的邮件。"
    ),
    "Shorten the report's mail to less than {} bytes.": "请把报告邮件缩短到 {} 字节以内。",
    # commands
    "this folder is not empty.": "这个文件夹不是空的。",
    "Name a new one; nothing was changed.": "请另取一个；没有改动任何文件。",
    "this is a file.": "这是一个文件。",
    "Name a folder.": "请写文件夹。",
    "port {} is in use.": "端口 {} 已被占用。",
    "Try `salesops ui --port {}`.": "请试 `salesops ui --port {}`。",
    "the web page did not start within {} seconds.": "网页在 {} 秒内没有启动。",
    "the web page or its daemon ended.": "网页或其守护进程已结束。",
    "See the log.": "请看日志。",
    "No such command '{}'.": "没有命令“{}”。",
    "No such command '{}'. Did you mean '{}'?": "没有命令“{}”。是不是“{}”？",
    "No such option '{}'.": "没有选项“{}”。",
    "No such option: {}": "没有选项 {}。",
    "Missing argument '{}'.": "缺少参数“{}”。",
    "Invalid value for '{}': {}": "“{}”的值不对：{}",
    "See `salesops --help`.": "请看 `salesops --help`。",
    "something went wrong inside salesops ({}); the trace is in {}.": "salesops 内部出错（{}）；详情在 {}。",
    "Run it again with -v to see it here.": "加 -v 再运行可在此看到。",
}

CHINESE: dict[str, str] = {**HELP, **SPOKEN, **ERRORS}
