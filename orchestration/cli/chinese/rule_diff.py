"""What `salesops rulebook diff` and `render` say."""

RULE_DIFF = {
    "Show what changed rules would have done to past periods: which rules, who gains, who loses, by how much.\n\n"
    "Example: `salesops rulebook diff --from 2025-01 --out diff.html`. It compares rulebook/ with the rules behind the\n"
    "current publication, in a copy of the build warehouse; nothing is published, paid or mailed.": (
        "测算规则变更对以往期间的影响：哪些规则变了，谁多谁少，差多少。\n\n"
        "例如：salesops rulebook diff --from 2025-01 --out diff.html。它在构建库的副本中，把 rulebook/ 与当前发布所用的规则"
        "相比；不发布、不计付、不发邮件。"
    ),
    "Another folder of rules; else rulebook/.": "另一个规则文件夹；默认 rulebook/。",
    "A draft that counts as in force here; may be repeated.": "在测算中视同生效的草案；可重复。",
    "The first period, as 2025-01 or 2025-Q1.": "起始期间，如 2025-01 或 2025-Q1。",
    "The last period; by default all years.": "截止期间；默认所有年度。",
    "Write it as .html, .pdf or .xlsx with every figure.": "写成 .html、.pdf，或含全部变动数据的 .xlsx。",
    "Comparing the rules …": "正在比较规则……",
    "{title}: {rule} ({kind})": "{title}：{rule}（{kind}）",
    "new": "新增",
    "new, in place of {rule}": "新增，代替 {rule}",
    "gone": "已删除",
    "changed": "有变",
    "Key": "条目",
    "Before": "原",
    "After": "新",
    "Change": "差额",
    "Nothing would have changed in any published figure.": "已发布的数据不会有任何变化。",
    "{models} models were rebuilt in {seconds} s; {figures} figures differ.": (
        "重算了 {models} 个模型，用时 {seconds} 秒；{figures} 个数据有变动。"
    ),
    "\n{measure}: the company, {unit}": "\n{measure}：全公司，{unit}",
    "\n{measure} by {subject}, {period}: {count} differ": "\n{measure}：按{subject}，{period}，{count} 个有变动",
    "\nFurther figures differ; --out FILE.xlsx has all: {names}": "\n其他变动的指标（--out FILE.xlsx 有全部）：{names}",
    "`{}` is no file that can be written here.": "这里不能写“{}”这样的文件。",
    "End it with {}.": "请以 {} 结尾。",
    "there is no such folder of rules.": "没有这个规则文件夹。",
    "Name a folder with *.yml files.": "请指定含 *.yml 文件的文件夹。",
    "there is no draft `{}` in the rulebook.": "规则手册里没有草案“{}”。",
    "Drafts are: {}.": "现有草案：{}。",
    "the models cannot be built by these rules: {}": "按这些规则无法构建数据模型：{}",
    "Mend the rule; nothing that is published has changed.": "请修改规则；已发布的内容没有变。",
    "`{}` is not a period of the calendar.": "“{}”不是日历中的期间。",
    "Write one like 2025-03, 2025-Q1, 2025-H1 or 2025.": "请写 2025-03、2025-Q1、2025-H1 或 2025 这样的期间。",
    "the build warehouse does not hold the marts of the current publication.": "构建库里不是当前发布的数据集市。",
    "salesops itself has changed since the current publication, so a difference would not be the rules' alone.": (
        "当前发布之后 salesops 本身有变，差异就不只来自规则。"
    ),
    "Print the rulebook: every rule in sentences and tables, who owns and approved it, with a page to sign.\n\n"
    "Example: `salesops rulebook render --language en --format pdf`. The prose around a chapter stands in\n"
    "rulebook/chapters/CHAPTER.zh.md and CHAPTER.en.md.": (
        "把规则手册印成制度：每条规则用文字和表格写明，附负责人、批准情况和签署页。\n\n"
        "例如：salesops rulebook render --language zh --format pdf。各章前的文字写在 rulebook/chapters/CHAPTER.zh.md 和"
        " CHAPTER.en.md。"
    ),
    "The folder; else rulebook-document/ in the workspace.": "文件夹；默认为工作区中的 rulebook-document/。",
    "Only this language; else both.": "只要这种语言；默认两种都要。",
    "html, pdf, with commas.": "html、pdf，用逗号分隔。",
    "The day that decides what is in force; else today.": "以哪一天判断规则是否有效；不写则为今天。",
    "the rulebook": "规则手册",
    "Run `salesops run` first, then compare.": "请先运行 salesops run，再比较。",
}
