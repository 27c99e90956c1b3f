"""What is said of a target season: of its rules, proposals and splits."""

TARGET_SEASON = {
    "the shares below {} add up to {}%, not to 100%.": "{} 下的比例合计 {}%，不是 100%。",
    "`by: {}` is stated twice.": "“by: {}”写了两次。",
    "write either `from_history:` with a number of years, or twelve `shares`.": (
        "请写 from_history 及年数，或写十二个比例 shares。"
    ),
    "a profile has twelve shares, and {} are given.": "月度分布要有十二个比例，现有 {} 个。",
    "the shares add up to {}%, not to 100%.": "比例合计 {}%，不是 100%。",
    "write low, middle and high in rising order.": "低、中、高须由小到大。",
}
