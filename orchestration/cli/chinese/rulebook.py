"""What is said of rules: of their files, their notations and their contents."""

RULEBOOK = {
    "the file must hold a list of rules.": "文件应是一列规则。",
    "Begin each rule with `- id:`.": "每条规则以“- id:”开头。",
    "the rulebook has no such chapter.": "规则手册没有这一章。",
    "Chapters are {}.": "章节有：{}。",
    "the rule id `{}` is used twice.": "规则编号“{}”用了两次。",
    "Give each its own id.": "请各给一个编号。",
    "`{}` and `{}` are both in force on {}.": "“{}”和“{}”在 {} 同时有效。",
    "End `{}` with `to:` before that day.": "请用 to: 让“{}”在那天之前结束。",
    "write a percentage, as 5% or 0.5%.": "请写百分数，如 5% 或 0.5%。",
    "the rule ends on {}, before it begins on {}.": "规则在 {} 结束，早于开始日 {}。",
    "the edges must begin with 0 and rise.": "账龄界限须从 0 起，逐个增大。",
    "{} edges need {} provision rates (the first is `not due`), and {} are given.": (
        "{} 个界限需要 {} 个计提比例（第一个是“未到期”），现有 {} 个。"
    ),
    "write either `managers_of: every_unit` or `mail: NAME@COMPANY`.": "请写 managers_of: every_unit 或 mail: 名称@公司。",
    "an address needs a scope: `company`, or the code of a unit.": "邮箱地址须写明范围：company 或单元编码。",
    "a secret never stands in a file; write the name of an environment variable, as $SALESOPS_SMTP_URL.": (
        "密钥不写在文件里；请写环境变量名，如 $SALESOPS_SMTP_URL。"
    ),
    "the environment variable {} is not set.": "环境变量 {} 没有设置。",
    "Set it for the process that runs salesops, or take the setting out.": (
        "请为运行 salesops 的进程设置它，或删去这项设置。"
    ),
    # notations and the head of a rule
    "write a number of days, as 30d.": "请写天数，如 30d。",
    "write a work day of the month, as `workday 3`.": "请写每月第几个工作日，如 workday 3。",
    "what moves money needs `approved: {by, on, document}`, or `status: draft`.": (
        "涉及钱的规则需要 approved: {by, on, document}，否则请写 status: draft。"
    ),
    "{} stands here twice.": "{} 在此出现两次。",
}
