"""What commands say."""

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
    "checks: in order": "检查项：无误",
    "headers: in order": "表头：无误",
    "Rendering {name} …": "正在生成 {name} ……",
    "{title}, {subtitle} ({status})": "{title}，{subtitle}（{status}）",
    "It says the same as revision {revision}, so nothing new was archived.": (
        "内容与第 {revision} 版相同，没有新增归档。"
    ),
    "{count} mails written to {folder}.": "已写出 {count} 封邮件：{folder}",
    "{count} readers have this version already.": "{count} 位读者已有此版本。",
    "{count} mails accepted by the mail server.": "邮件服务器已接收 {count} 封邮件。",
    "{count} deliveries are unsure: the mail may have arrived; ask the reader, then use --resend.": (
        "{count} 次投递结果不明：邮件可能已送达；请先问读者，再用 --resend。"
    ),
    "{count} mails were refused for good; mend the address, or use --resend.": (
        "{count} 封邮件被永久拒收；请更正地址，或用 --resend。"
    ),
    "{count} mails could not be delivered; the next send tries again.": ("{count} 封邮件未能送出；下次 send 会再试。"),
    "{recipient} ({scope}): {answer}": "{recipient}（{scope}）：{answer}",
    "Pilot mode: every mail goes to {pilots} only.": "试运行：所有邮件只发给 {pilots}。",
    "{count} are new since the last time; in live mode they need --accept-new.": (
        "与上次相比新增 {count} 位；正式发送时须加 --accept-new。"
    ),
    "{reader} ({scope}) reads it no longer.": "{reader}（{scope}）不再收到此报告。",
    "{name} {period} is held back, because the last run failed:": "{name} {period} 暂不发送，因为上次运行失败：",
    "- {reason}": "- {reason}",
    "Nobody hears the reasons: the rule's owner has no address, and mail.reply_to is not set.": (
        "无人收到原因：规则负责人没有邮箱，也没有设置 mail.reply_to。"
    ),
    "the load up to {} failed, and nothing was published.": "截至 {} 的加载失败，没有发布任何内容。",
    "the data owner could not be told by mail: {}": "无法用邮件通知数据负责人：{}",
    "nobody is named to hear of it; write mail.reply_to.": "没有填写收警报的人；请写 mail.reply_to。",
    "the domain `{}` is not in mail.allow_domains": "域名“{}”不在 mail.allow_domains 中",
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
    "started at": "开始",
    "status": "状态",
    "as of": "截至",
    "seconds": "秒",
    "trigger": "触发",
    "command line": "命令行",
    "schedule": "排程",
    "sensor": "新文件",
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
    "Starting": "启动",
    "Rulebook": "规则手册",
    "Reading exports": "读取导出文件",
    "Checking new batches": "检查新批次",
    "Building the models": "生成数据模型",
    "Checking the marts": "检查数据表",
    "Publishing": "发布",
    "Filling PostgreSQL": "写入 PostgreSQL",
    "PostgreSQL has {snapshot} now.": "PostgreSQL 现在是 {snapshot}。",
    "PostgreSQL has the same publication.": "PostgreSQL 里是同一次发布。",
    "PostgreSQL is behind: it has {snapshot}. Last try: {why}": "PostgreSQL 落后：现有 {snapshot}。上次尝试：{why}",
    "PostgreSQL has no role salesops_reader, and this user may not make it: ask for `create role salesops_reader nologin`.": (
        "PostgreSQL 里没有角色 salesops_reader，这个用户也无权创建：请管理员执行 `create role salesops_reader nologin`。"
    ),
    "{step}: {seconds} s": "{step}：{seconds} 秒",
    "Nothing is new since the last run; publication {snapshot} stays.": "上次运行以来没有新内容；发布 {snapshot} 不变。",
    "Built as known on {day}, beside the current publication: {snapshot}": (
        "已按 {day} 当时所知另行生成，不动当前发布：{snapshot}"
    ),
    "Published {snapshot}, up to {day}, in {seconds} s.": "已发布 {snapshot}，数据截至 {day}，用时 {seconds} 秒。",
    "The marts are as they were; publication {snapshot} stays.": "数据表没有变化；发布 {snapshot} 不变。",
    "{count} rows are in quarantine.": "{count} 行在隔离区。",
    "- {warning}": "- {warning}",
    "{count} more warnings; `salesops status` lists them.": "另有 {count} 条提醒；用 `salesops status` 查看。",
}
