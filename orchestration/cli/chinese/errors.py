"""What is wrong, and how to mend it."""

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
    # corrections
    "there is no such file of corrections.": "没有这样的更正文件。",
    "the columns are {}.": "现有列：{}。",
    "Write this header: {}": "请写表头：{}",
    "the line has {} cells, the header has {}.": "本行有 {} 个单元格，表头有 {} 个。",
    "Put a text with a comma in quotes.": "含逗号的文字请加引号。",
    "the column `{}` is empty.": "列“{}”为空。",
    "Fill it in.": "请填写。",
    "the column `{}` has no day: `{}`.": "列“{}”不是日期：“{}”。",
    "Write a day as 2025-06-30.": "日期请写成 2025-06-30。",
    "the column `value` has no number: `{}`.": "列“value”不是数字：“{}”。",
    "Write it as 1234.50.": "请写成 1234.50。",
    "`{}` is given itself.": "“{}”对照成了它自己。",
    "Remove the line.": "请删去这一行。",
    "it ends on {}, before it begins on {}.": "在 {} 结束，早于开始日 {}。",
    "Mend the days.": "请改正日期。",
    "there is no action `{}`.": "没有动作“{}”。",
    "Write exclude, reassign or adjust.": "请写 exclude（剔除）、reassign（改派）或 adjust（调整）。",
    "`{}` is no record of `{}`.": "“{}”不是表“{}”的记录。",
    "Write {}.": "请写 {}。",
    "`{}` has no field `{}` in the table `{}`.": "动作“{}”不能用于字段“{}”（表“{}”）。",
    "`{}` has another code on the same days in line {}.": "“{}”在同一时期另有编码，见第 {} 行。",
    "Set `from` and `to`, or remove one of the lines.": "请填写起止日期，或删去其中一行。",
    "`{}` has itself become `{}` in {}.": "“{}”本身已对照为“{}”，见 {}。",
    "Write the last code in every line.": "每一行都请写最终的编码。",
    "line {} has a correction of the same record and field.": "第 {} 行已更正同一记录的同一字段。",
    "Remove one of the lines.": "请删去其中一行。",
    "`{}` cannot be looked up: it names no employee and no customer.": "“{}”不能用 look_up：它既不是员工，也不是客户。",
    "Take `look_up` out.": "请删去 `look_up`。",
    "`{}` is looked up in the wrong table.": "“{}”查错了表。",
    "Write `look_up: {}.name`.": "请写 `look_up: {}.name`。",
    "the aliases of `{}` do not stand there.": "“{}”的别名不在那个文件里。",
    "Write `aliases: {}`.": "请写 `aliases: {}`。",
    # mail
    "this is not the URL of a mail server.": "这不是邮件服务器的地址。",
    "Write smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, special characters as %40.": (
        "请写 smtp://用户:密码@主机:587 或 smtps://用户:密码@主机:465，特殊字符写成 %40 这样。"
    ),
    "the URL of the mail server has an unknown option.": "邮件服务器地址里有不认识的选项。",
    "The options are ?starttls=required and ?tls=none.": "选项有 ?starttls=required 和 ?tls=none。",
    "a password would cross the network unencrypted.": "密码会未经加密在网络上传送。",
    "Take out ?tls=none, or send without a login.": "请去掉 ?tls=none，或不用登录发送。",
    "the certificate of the mail server {} is not trusted ({}).": "邮件服务器 {} 的证书不可信（{}）。",
    "Name the server as its certificate does; for an authority of your own set SSL_CERT_FILE.": (
        "请按证书上的名称写服务器；自建证书机构请设置 SSL_CERT_FILE。"
    ),
    "the archive is protected by a password.": "压缩包有密码保护。",
    "the archive has two files of one name.": "压缩包里有两个同名文件。",
    "Unpack it, look which one counts, and put that one into landing/.": "请解压，确认哪个有效，把它放进 landing/。",
    "the archive packs this file in a way that is not read.": "压缩包对此文件用了不支持的压缩方式。",
    "Make the archive with the usual method (deflate).": "请用通常的方式（deflate）重新压缩。",
    "the archive changed while it was read.": "读取时压缩包发生了变化。",
    "Run again.": "请再运行一次。",
    "the archive is damaged, or has not been copied whole.": "压缩包已损坏，或没有复制完整。",
    "Copy or export it again.": "请重新复制或导出。",
    "the archive would unpack to {} files of {} MiB, which is not opened.": (
        "压缩包解压后将有 {} 个文件、{} MiB，不予打开。"
    ),
    "If that is right, unpack it yourself and put the files that are needed into landing/.": (
        "如果确实如此，请自行解压，把需要的文件放进 landing/。"
    ),
    "this is an archive, and inspect looks into no archive.": "这是压缩包，inspect 不查看压缩包。",
    "Unpack it into a folder and inspect that: the mappings read the archive as well.": (
        "请解压到文件夹后再查看：写出的映射同样能读取压缩包。"
    ),
    "the mail server {} refused the login ({}).": "邮件服务器 {} 拒绝登录（{}）。",
    "Check user and password in the URL; special characters as %40.": (
        "请检查地址里的用户名和密码；特殊字符写成 %40 这样。"
    ),
    "the mail server {} does not offer what the URL asks for ({}).": "邮件服务器 {} 不提供地址所要求的功能（{}）。",
    "Check port and encryption in the URL.": "请检查地址里的端口和加密方式。",
    "the mail server {} cannot be reached ({}).": "连不上邮件服务器 {}（{}）。",
    "Nothing was lost: mails that are due go out with the next `salesops send`.": (
        "没有丢失任何邮件：待发的会在下次 `salesops send` 时发出。"
    ),
    "no mail can go to the pilot `{}`: {}.": "无法向试运行邮箱“{}”发信：{}。",
    "Mend mail.pilot_to.": "请更正 mail.pilot_to。",
    "in pilot mode all mails go to the pilot, and none is named.": "试运行时所有邮件只发给试运行邮箱，但没有填写。",
    "Write your address into mail.pilot_to; or `mode: live`, when readers shall get their mails.": (
        "请把您的邮箱写入 mail.pilot_to；要发给读者时写 mode: live。"
    ),
    "no mail can go to `{}`: {}.": "无法向“{}”发信：{}。",
    "Name another address, or add its domain to mail.allow_domains.": "请换一个地址，或把它的域名加入 mail.allow_domains。",
    "in live mode no mail can come from `{}`: {}.": "正式发送时，“{}”不能作为发件人：{}。",
    "it is the example's": "这是示例地址",
    "Write your own address into mail.from, as `Sales operations <sales@COMPANY>`.": (
        "请把自己的地址写入 mail.from，如“销售运营 <sales@公司>”。"
    ),
    "nobody is named to hear of failed loads and late sources.": "没有填写由谁接收加载失败和数据源迟到的警报。",
    "Write mail.reply_to.": "请填写 mail.reply_to。",
    "no alert can go to `{}`: {}.": "无法向“{}”发警报：{}。",
    "Name another address.": "请换一个地址。",
    "nothing was sent, because these would read the report for the first time: {}.": (
        "没有发送，因为以下读者将首次收到此报告：{}。"
    ),
    "Look at them with --dry-run; if all may have it, send once with --accept-new.": (
        "请用 --dry-run 查看；确认都可以看，就加 --accept-new 发送一次。"
    ),
    # mappings and exports
    "there is no mapping yet.": "还没有映射。",
    "Write one for each export, as NAME.yml.": "请为每份导出写一份，文件名为 名称.yml。",
    "Export it again as CSV UTF-8, or write `read: {encoding: utf-16}`.": (
        "请重新导出为 CSV UTF-8，或写 `read: {encoding: utf-16}`。"
    ),
    "Export it again.": "请重新导出。",
    "Export it as CSV.": "请导出为 CSV。",
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
    "the header should be in row {}, but the file has only {} rows.": "表头应在第 {} 行，但文件只有 {} 行。",
    "the mapping says {}, but the text is UTF-8.": "映射写的是 {}，但文本是 UTF-8。",
    "the sheet `{}` is missing.": "缺少工作表“{}”。",
    "the text is not UTF-8.": "文本不是 UTF-8。",
    "the text is not {}.": "文本不是 {}。",
    "the workbook cannot be read ({}).": "工作簿无法读取（{}）。",
    "the workbook is damaged.": "工作簿已损坏。",
    "the workbook is protected by a password.": "工作簿有密码保护。",
    "the workbook unpacks to more than 2 GB.": "工作簿解压后超过 2 GB。",
    "the header has {} columns; {} are the most.": "表头有 {} 列；最多 {} 列。",
    "Look whether the delimiter and the header row in `read:` are right, or export fewer columns.": (
        "请看 `read:` 中的分隔符和表头行是否写对，或少导出一些列。"
    ),
    "reading the file took longer than {} seconds, and was broken off.": "读取该文件超过 {} 秒，已中止。",
    "Look whether it is what it should be, or export it in parts.": "请看文件是否正确，或分几份导出。",
    "reading the file failed ({}: {}).": "读取该文件失败（{}：{}）。",
    "Export it again as CSV UTF-8; if that does not help, report it: this sentence should say more.": (
        "请重新导出为 CSV UTF-8；若仍不行，请反馈给我们：这句话本应说得更清楚。"
    ),
    "the file breaks its reader: it is damaged, or needs more than {} GiB of memory.": (
        "该文件使读取程序中断：它已损坏，或需要超过 {} GiB 的内存。"
    ),
    "Open it, look whether it is what it should be, and export it again as CSV, in parts if it is large.": (
        "请打开看看它是否正确，并重新导出为 CSV；若很大，请分几份。"
    ),
    "there is no table `{}`.": "没有表“{}”。",
    "the table `{}` has no field `{}`.": "表“{}”没有字段“{}”。",
    "the table `{}` needs the field `{}` ({}).": "表“{}”需要字段“{}”（{}）。",
    "Map a column to it.": "请为它指定一列。",
    "`{}` is not mapped in every table.": "“{}”没有在每个表中映射。",
    "Map it, or leave it out.": "请映射它，或不写。",
    "the total of `{}` cannot be checked: it is not mapped.": "“{}”的合计无法核对：它没有映射。",
    "the column `{}` names a unit of money, but nothing says what to multiply by.": (
        "列“{}”带有金额单位，却没有写明乘以多少。"
    ),
    "Add `times:` (10000 for 万元; 1 if the figures are in yuan all the same).": (
        "请加 `times:`（万元写 10000；其实是元则写 1）。"
    ),
    "Known are: {}.": "可用的有：{}。",
    "write `{}` in quotes: without them YAML reads a truth value.": "请给“{}”加引号：否则 YAML 当作真假值。",
    'write the time in quotes, as "12:30".': '请给时间加引号，如 "12:30"。',
    'with `every: {}` write `by` like "{}", and not "{}".': '写 every: {} 时，by 应像 "{}" 这样，而不是 "{}"。',
    "`{}` is not a known encoding{}.": "没有编码“{}”{}。",
    "`{}` is not a known encoding; did you mean `{}`?": "没有编码“{}”；是不是“{}”？",
    "`{}` is not a known encoding; write utf-8, gb18030 or utf-16.": "没有编码“{}”；请写 utf-8、gb18030 或 utf-16。",
    "`{}` is not a regular expression ({}).": "“{}”不是正则表达式（{}）。",
    'put the date in one pair of brackets, as "(\\\\d{8})".': '请把日期放进一对括号，如 "(\\\\d{8})"。',
    "name either a `column` of the export or a constant `value`.": "请写导出文件的一列（column）或一个常数（value）。",
    "`values` goes with neither `format` nor `times`.": "values 不能与 format 或 times 同用。",
    "`replaces` and `min_share` only go with `load: full`.": "replaces 和 min_share 只能与 load: full 同用。",
    "the file is empty.": "文件是空的。",
    "Drop it again.": "请重新放入。",
    "the file is neither in landing nor in lake/original.": "文件既不在 landing，也不在 lake/original。",
    "the number of records cannot be trusted: {} by the line ends, {} by the cells.": (
        "记录数不可信：按行尾是 {}，按单元格是 {}。"
    ),
    "A quote mark is missing or stands in the wrong place: export the file again.": "少了引号或引号位置不对：请重新导出。",
    "{} of {} records do not have the {} cells of the header.": "{1} 条记录中有 {0} 条不是表头的 {2} 个单元格。",
    "Write the right `read: {delimiter: …, header_row: …}`, or export it again.": (
        "请写对 `read: {delimiter: …, header_row: …}`，或重新导出。"
    ),
    "Wait until it has been copied whole; the next run reads it again.": "请等文件复制完整；下次运行会再读。",
    "Mend the file, or set `required: false` to run without it.": "请修好文件，或写 required: false 不等它。",
    # checks
    "`{}` has a query that cannot be carried out ({}).": "“{}”的查询无法执行（{}）。",
    "Mend the query.": "请修正查询。",
    # loads
    "the run failed.": "运行失败。",
    "See its page in `salesops ui`.": "请在 `salesops ui` 里看它的页面。",
    "Run the whole load: `salesops run`.": "请运行完整加载：`salesops run`。",
    "{} lies in the future.": "{} 还没有到。",
    "Name a day up to today.": "请写今天或以前的日期。",
    "dbt cannot read the models: {}": "dbt 无法读取数据模型：{}",
    "Mend the model.": "请修正模型。",
    "the marts in the build warehouse have not passed their checks, so nothing was published.": (
        "待发布的数据表没有通过检查，因此没有发布。"
    ),
    "another load is running in this workspace: {}.": "此工作区正在加载：{}。",
    "Wait until it ends, then run again.": "请等它结束再运行。",
    "the models could not be built: {}": "数据模型未能生成：{}",
    "See the log with -v.": "请用 -v 查看日志。",
    "the test did not pass. Failing rows: {}. More that failed: {}.": "校验未通过。不符的行：{}。另有 {} 项失败。",
    "the test did not pass. Failing rows: {}.": "校验未通过。不符的行：{}。",
    "Nothing was published; the last publication stays. Mend these rows where they come from, then run again.": (
        "没有发布，上一次发布仍然有效。请在源头修正这些行，再运行。"
    ),
    "the {} did not pass: {}": "{} 未通过：{}",
    "Nothing was published; the last publication stays. See the log with -v.": (
        "没有发布，上一次发布仍然有效。请用 -v 查看日志。"
    ),
    "the check `{}` is broken: it could not be carried out on {} ({}), so {}.": (
        "检查“{}”本身有误：无法在 {} 上执行（{}），因此{}。"
    ),
    "the load stopped": "加载停止",
    "the marts": "数据表",
    "the source `{}` is required, and its file is held: {}": "数据源“{}”是必需的，它的文件却被扣留：{}",
    "there is no source `{}`.": "没有数据源“{}”。",
    "the dump of `{}` has {} rows, the one before had {}: less than the share of {} that `min_share` asks for.": (
        "“{}”的全量文件有 {} 行，上一份有 {} 行：低于 min_share 要求的比例 {}。"
    ),
    "Export it again, or lower `min_share`.": "请重新导出，或调低 min_share。",
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
    # PostgreSQL
    "the address of the PostgreSQL server cannot be read.": "PostgreSQL 服务器的地址无法识别。",
    "Write postgresql://USER:PASSWORD@HOST:5432/DATABASE; in a password %40 stands for @ and %2F for /.": (
        "请写成 postgresql://用户:密码@主机:5432/数据库；密码里的 @ 写作 %40，/ 写作 %2F。"
    ),
    "the address of the PostgreSQL server cannot be used.": "PostgreSQL 服务器的地址无法使用。",
    "the PostgreSQL server refuses the user or the password.": "PostgreSQL 服务器不接受这个用户或密码。",
    "the PostgreSQL server has no such database.": "PostgreSQL 服务器上没有这个数据库。",
    "the PostgreSQL server lets nobody in from this machine (pg_hba.conf).": (
        "PostgreSQL 服务器不允许从这台机器连接（pg_hba.conf）。"
    ),
    "the host of the PostgreSQL server is not known.": "找不到 PostgreSQL 服务器的主机名。",
    "there is no secure connection to the PostgreSQL server.": "无法与 PostgreSQL 服务器建立加密连接。",
    "the PostgreSQL server does not answer.": "PostgreSQL 服务器没有应答。",
    "The files are published; once this is mended, `salesops run` brings PostgreSQL up to date.": (
        "文件已发布；解决后运行 `salesops run`，PostgreSQL 就会跟上。"
    ),
    "PostgreSQL refused the marts: {}.": "PostgreSQL 没有接受数据表：{}。",
    "PostgreSQL {} is too old.": "PostgreSQL {} 版本太旧。",
    "Use PostgreSQL {} or newer.": "请使用 PostgreSQL {} 或更新版本。",
    "the schema `marts` of this database holds tables that salesops did not make.": (
        "这个数据库的模式 marts 里有不是 salesops 建的表。"
    ),
    "Name a database of its own, or rename that schema.": "请另用一个数据库，或把那个模式改名。",
    "the copy of {} in PostgreSQL is not what was published, so PostgreSQL stays as it was.": (
        "PostgreSQL 中 {} 的副本与已发布的不一致，因此 PostgreSQL 保持原样。"
    ),
    "Run again; if it stays so, drop the schema `marts` there and run again.": (
        "请再运行；若仍如此，请删去那里的模式 marts 后再运行。"
    ),
    # reports
    "the PDF cannot be made: {}.": "PDF 无法生成：{}。",
    "A character that the shipped font lacks is the usual cause: mend the name in the source.": (
        "常见原因是随带字体缺字：请在来源中改正名称。"
    ),
    "nothing has been published yet.": "尚无发布。",
    "Run `salesops run` first.": "请先运行 `salesops run`。",
    "no report is called `{}`.": "没有名为“{}”的报告。",
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
    "The header has: {}.": "表头有：{}。",
    "Units: {}.": "单元有：{}。",
    "`{}` is not a unit of money.": "“{}”不是金额单位。",
    "Write one of {}.": "请写其中之一：{}。",
    # deliveries
    "another process is sending reports in this workspace.": "此工作区正有另一进程在发送报告。",
    "Wait until it ends.": "请等它结束。",
    "no rule in force on {} sends the report `{}`.": "在 {} 有效的规则中，没有一条发送报告“{}”。",
    "the rule `{}` sends no report `{}` on {}.": "规则“{}”不发送报告“{}”（{}）。",
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
    "the build warehouse is open in {}.": "数据仓库正被{}打开。",
    "Close it there; to look at figures, open the published marts instead.": "请先在那里关闭；要看数字，请打开已发布的数据集市。",
    "Drop it into landing again.": "请重新放入 landing。",
    # a company's own models
    "your own models cannot be built, so none of them is published: {}": "自有模型无法构建，因此全部未发布：{}",
    "a test of your own models did not pass, so none of them is published. Failing rows: {}.": (
        "自有模型的检查未通过，因此全部未发布。有问题的行数：{}。"
    ),
    "Mend it, then run again; everything else is published.": "请修正后再运行；其余内容已发布。",
    # extra columns
    "the table `{}` feeds no dimension or fact in which extra columns could stand.": "数据表“{}”没有可放附加列的维度或事实。",
    "Take `extra` out.": "请删去 `extra`。",
    "`{}` cannot name a column of a mart: {} bytes of letters, digits and spaces at most.": (
        "“{}”不能作数据集市的列名：最多 {} 字节的文字、数字和空格。"
    ),
    "`{}` is the name of a field of ours, so no extra column can have it.": "“{}”已是本系统的字段名，附加列不能用。",
    "two tables bring an extra column `{}` into the same mart.": "两张数据表把附加列“{}”带进同一个数据集市。",
    "In `extra`, write `another_name: {}` in its place.": "请在 `extra` 里改写为 `新名: {}`。",
    "the file lacks the extra column `{}`, so its rows have nothing there.": "文件没有附加列“{}”，这些行此处为空。",
    "If it has another name here, write `also_called`.": "如果它在此另有名称，请写 `also_called`。",
}
