"""A folder of exports from no known system: what inspection proposes loads it, its people with their departments too."""

from pathlib import Path

from orchestration.inspect.names import source_names
from orchestration.inspect.write import mapping_text
from tests.ingest.conftest import Office
from tests.inspect.judge import inspected

EXPORTS = {
    "人员.csv": """员工工号,员工姓名,手机号,邮箱,部门编码,入职时间
YG01,张一,13800000001,yg1@pump.example.com,BM01,2020-01-01
YG02,李二,13800000002,yg2@pump.example.com,BM02,2021-03-01
""",
    "部门.csv": """部门编码,部门名称,上级部门
BM00,销售中心,
BM01,销售一部,BM00
BM02,销售二部,BM00
""",
    "往来单位资料.csv": """华东泵业 往来单位资料表,,,,,
单位编号,单位名称,所属行业,省份,负责业务员,建立日期
KH0001,江北化工有限公司,化工,江苏,YG01,2022-05-06
KH0002,甬江水务有限公司,水务,浙江,YG02,2023-01-09
""",
    "订单明细20250630.csv": """订单编号\t下单日期\t客户编号\t业务员工号\t序号\t产品编码\t产品名称\t订购数量\t不含税金额\t税额\t订单状态
DD00001\t2025/06/02\tKH0001\tYG01\t1\tP008\t水泵\t2\t"40,400.89"\t"5,252.12"\t已审核
DD00001\t2025/06/02\tKH0001\tYG01\t2\tP009\t阀\t1\t"1,934.52"\t251.49\t已审核
DD00002\t2025/06/03\tKH0002\tYG02\t1\tP008\t水泵\t1\t"20,200.00"\t"2,626.00"\t已作废
""",
    "开票清单_20250630.csv": """发票号,开票日期,客户编号,到期日,不含税金额,税额,价税合计,对应订单
FP000001,2025-06-12,KH0001,2025-07-12,40400.89,5252.12,45653.01,DD00001
""",
    "回款记录_20250630.csv": """回款单号,到账日期,客户编号,回款金额,付款方式,备注
HK00001,2025-06-20,KH0001,37571.38,银行转账,
""",
}
LOADED = {
    "employees": (
        "employee_id, name, hired_on::varchar",
        [("YG01", "张一", "2020-01-01"), ("YG02", "李二", "2021-03-01")],
    ),
    "employee_assignments": (
        "employee_id, org_unit_id, valid_from::varchar",
        [("YG01", "BM01", "2020-01-01"), ("YG02", "BM02", "2021-03-01")],
    ),
    "org_units": (
        "org_unit_id, parent_org_unit_id, valid_from::varchar",
        [("BM00", None, "2000-01-01"), ("BM01", "BM00", "2000-01-01"), ("BM02", "BM00", "2000-01-01")],
    ),
    "customers": (
        "customer_id, name, employee_id",
        [("KH0001", "江北化工有限公司", "YG01"), ("KH0002", "甬江水务有限公司", "YG02")],
    ),
    "orders": (
        "order_id, ordered_on::varchar, customer_id, employee_id, status",
        [
            ("DD00001", "2025-06-02", "KH0001", "YG01", "confirmed"),
            ("DD00002", "2025-06-03", "KH0002", "YG02", "cancelled"),
        ],
    ),
    "order_lines": (
        "order_id, line_number::varchar, product_id, quantity::integer, net_amount::decimal(18, 2)::varchar",
        [
            ("DD00001", "1", "P008", 2, "40400.89"),
            ("DD00001", "2", "P009", 1, "1934.52"),
            ("DD00002", "1", "P008", 1, "20200.00"),
        ],
    ),
    "invoices": (
        "invoice_id, order_id, due_on::varchar, gross_amount::decimal(18, 2)::varchar",
        [("FP000001", "DD00001", "2025-07-12", "45653.01")],
    ),
    "receipts": (
        "receipt_id, customer_id, amount::decimal(18, 2)::varchar, method",
        [("HK00001", "KH0001", "37571.38", "bank")],
    ),
}


def test_a_folder_that_nobody_has_seen_loads_by_what_inspection_writes(office: Office, tmp_path: Path) -> None:
    for name, text in EXPORTS.items():
        office.drop(name, text.encode("gb18030" if "订单" in name else "utf-8-sig"))
    found = inspected(office.workspace.landing, tmp_path / "scratch")
    assert not found.problems
    for name, proposal in zip(source_names(found.proposals), found.proposals, strict=True):
        office.mapping(name, mapping_text(proposal, lambda sentence, **values: sentence.format(**values)))
    result = office.load()
    assert result.held == []
    assert {one.account.table for one in result.accounts} == LOADED.keys()
    for table, (columns, rows) in LOADED.items():
        assert sorted(office.rows(table, columns)) == rows
