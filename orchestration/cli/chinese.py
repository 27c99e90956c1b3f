"""Chinese for every sentence of the command line, by its English; `{}` stands for what an error fills in."""

CHINESE: dict[str, str] = {
    # help
    "Sales exports in, audited marts and trusted reports out, by the company's own rulebook.": (
        "读入销售导出文件,按公司自己的制度,产出经核对的数据表和可信的报告。"
    ),
}
