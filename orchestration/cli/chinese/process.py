"""What is said of the sales process."""

PROCESS = {
    "the stage `{}` stands here twice.": "阶段“{}”写了两次。",
    "the open stages come first, in their order, and the closed ones after them.": "先按先后写进行中的阶段，再写关闭的阶段。",
    "no stage has `status: won`.": "没有一个阶段写明 status: won（赢单）。",
    "{} are all won: give each its own `priority: 1`, `priority: 2` (the funnel ends in the first).": (
        "{} 都是赢单：请各写一个 priority（1、2……），漏斗以 1 为终点。"
    ),
    "the name `{}` means two stages.": "名称“{}”对应了两个阶段。",
    "write one of `field: NAME`, `activity: KIND` or `document: KIND`.": (
        "请写 field: 字段、activity: 活动 或 document: 单据 其中一个。"
    ),
    "a week is never closed: leave out `final`.": "周不关账：请删去 final。",
}
