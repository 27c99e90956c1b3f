"""What is said of duties and authority."""

ORGANISATION = {
    "write either `{level: NAME}` or `{unit: CODE}`.": "请写 {level: 层级} 或 {unit: 部门编码}，只写一个。",
    "write whom it applies to: `level`, `role`, or both.": "请写明适用于谁：level、role，或两者都写。",
    "the limit of a {} is a percentage: write `up_to: 5%`.": "{} 的上限是百分比：请写 up_to: 5%。",
    "the limit of a {} is an amount: write `up_to_amount: 100000`.": "{} 的上限是金额：请写 up_to_amount: 100000。",
}
