"""The texts of --help."""

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
    "Check settings, rulebook, corrections, mappings, the checks and file headers; nothing is loaded, no server asked."
    "\n\nExample: `salesops check`. Exit code 2 for what would fail. An environment variable that is not set here is a\n"
    "warning only: the process that runs at night may have it.": (
        "检查设置、规则手册、更正、映射、检查项和文件表头；不加载数据，也不连接服务器。\n\n"
        "例：`salesops check`。会失败的问题，退出码为 2。此处没有设置的环境变量只是提醒：夜间运行的进程可能已设置。"
    ),
    "Render a report without sending it.\n\nExample: `salesops report performance --period 2025-03 --scope company "
    "--lang en`": (
        "生成报告，不发送。\n\n例：`salesops report performance --period 2025-03 --scope company --lang zh`"
    ),
    "The report: performance, market_analysis, pipeline, target_setting or quarter_review.": (
        "报告：performance（业绩）、market_analysis（市场分析）、pipeline（销售流程与商机）、target_setting（目标制定材料）或 quarter_review（绩效评估会议材料）。"
    ),
    "2025-03, 2025-W14, 2025-Q1, 2025-H1 or 2025; else the last month that is over.": (
        "2025-03、2025-W14、2025-Q1、2025-H1 或 2025；不写则取最近一个已结束的月份。"
    ),
    "As for `report`; else the last one that is over.": "写法同 `report`；不写则取最近一个已结束的期间。",
    "Only the readers of this rule of rulebook/reports.yml.": "只发给 rulebook/reports.yml 中这一条规则的读者。",
    "The day from which the last period is looked for.": "从哪一天往回找最近的期间。",
    "A unit's code or name.": "组织单元的编码或名称。",
    "html, pdf, xlsx, with commas.": "html、pdf、xlsx，用逗号隔开。",
    "Write here instead of into the archive.": "写到这里，而不是归档。",
    "Render a report for every reader in the rulebook and deliver it, at most once per version.\n\nExample: `salesops "
    "send performance --dry-run`, then without --dry-run. In pilot mode every mail goes to the pilot;\nwithout a mail "
    "server mails are files in outbox/.": (
        "为规则手册里的每位读者生成报告并投递，每个版本至多一次。\n\n"
        "例：先 `salesops send performance --dry-run`，再去掉 --dry-run。试运行时所有邮件只发给试运行邮箱；"
        "没有邮件服务器时，邮件是 outbox/ 里的文件。"
    ),
    "Let readers and units that are new have the report, from now on.": "允许新增的读者和单元从现在起收到报告。",
    "List readers and units; send nothing.": "列出读者和单元，不发送。",
    "Send again to those who have it, or may have it.": "对已收到或可能已收到的读者再发一次。",
    "Show the last runs, freshness of each source, which are late, failed checks, the publication, and deliveries.\n\nExample: "
    "`salesops status`, or `salesops status --json` for a monitor.": (
        "显示最近的运行、各数据源的新鲜程度、哪些迟到、未通过的检查、当前发布和投递情况。\n\n"
        "例：`salesops status`；监控程序用 `salesops status --json`。"
    ),
    "Show assets, checks, runs and schedules in the browser, and run the schedules.\n\nExample: `salesops ui`, then "
    "open the address that it prints; Ctrl-C ends it.": (
        "在浏览器中显示资产、检查、运行和排程，并执行排程。\n\n例：`salesops ui`，然后打开它给出的网址；Ctrl-C 结束。"
    ),
    "The web page's port; a busy one is an error.": "网页的端口；被占用则报错。",
    "Load what is new, build and check the marts, and publish them.\n\nExample: `salesops run --as-of 2025-06-30`. "
    "Nothing is published unless every blocking check passes.": (
        "加载新数据，生成并检查数据表，然后发布。\n\n"
        "例：`salesops run --as-of 2025-06-30`。所有必过的检查都通过才会发布。"
    ),
    "The last day that counts; else yesterday.": "数据截止日；不写则为昨天。",
    "Only files extracted by that day; builds aside, and the publication stays.": (
        "只用到那一天为止导出的文件；另行生成，不动当前发布。"
    ),
    "Look only at the files of this source; may be repeated.": "只看这个数据源的文件；可重复。",
    "Build again, even if nothing is new.": "即使没有新内容也重新生成。",
    "Exit code 3 if rows were quarantined, a source is late or a warning was given.": "有隔离行、迟到的数据源或警告时，退出码为 3。",
}
