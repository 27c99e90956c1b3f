"""Invented names, each in Chinese and in English."""

from collections.abc import Sequence

import numpy as np

Pair = tuple[str, str]

SURNAMES: list[Pair] = [
    ("李", "Li"), ("王", "Wang"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("赵", "Zhao"),
    ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"), ("胡", "Hu"), ("朱", "Zhu"),
    ("高", "Gao"), ("林", "Lin"), ("何", "He"), ("郭", "Guo"), ("马", "Ma"), ("罗", "Luo"), ("梁", "Liang"),
    ("宋", "Song"), ("郑", "Zheng"), ("谢", "Xie"), ("韩", "Han"), ("唐", "Tang"), ("冯", "Feng"), ("董", "Dong"),
]  # fmt: skip
GIVEN: list[Pair] = [
    ("敏", "Min"), ("建国", "Jianguo"), ("涛", "Tao"), ("珂", "Ke"), ("立", "Li"), ("倩", "Qian"), ("志强", "Zhiqiang"),
    ("晓燕", "Xiaoyan"), ("海峰", "Haifeng"), ("丽娟", "Lijuan"), ("浩然", "Haoran"), ("雪梅", "Xuemei"),
    ("国栋", "Guodong"), ("静怡", "Jingyi"), ("子轩", "Zixuan"), ("文博", "Wenbo"), ("春华", "Chunhua"),
    ("明远", "Mingyuan"), ("思远", "Siyuan"), ("佳慧", "Jiahui"), ("永康", "Yongkang"), ("凯", "Kai"),
    ("少华", "Shaohua"), ("欣悦", "Xinyue"), ("振宇", "Zhenyu"), ("秀英", "Xiuying"), ("鹏飞", "Pengfei"),
    ("雅琴", "Yaqin"), ("俊杰", "Junjie"), ("莹", "Ying"),
]  # fmt: skip
SYLLABLES: list[Pair] = [
    ("恒", "heng"), ("瑞", "rui"), ("宏", "hong"), ("泰", "tai"), ("德", "de"), ("盛", "sheng"), ("华", "hua"),
    ("通", "tong"), ("远", "yuan"), ("航", "hang"), ("力", "li"), ("丰", "feng"), ("中", "zhong"), ("辰", "chen"),
    ("永", "yong"), ("固", "gu"), ("天", "tian"), ("成", "cheng"), ("同", "tong"), ("济", "ji"), ("金", "jin"),
    ("岭", "ling"), ("博", "bo"), ("润", "run"), ("鑫", "xin"), ("利", "li"), ("东", "dong"), ("昌", "chang"),
    ("海", "hai"), ("信", "xin"), ("凯", "kai"), ("龙", "long"), ("益", "yi"), ("科", "ke"), ("锐", "rui"), ("奥", "ao"),
]  # fmt: skip
INDUSTRIES: list[tuple[str, str, str]] = [
    ("工程机械", "机械制造", "Machinery"),
    ("冶金", "冶金设备", "Metallurgical Equipment"),
    ("建材", "水泥装备", "Cement Equipment"),
    ("包装印刷", "包装机械", "Packaging Machinery"),
    ("船舶", "船舶配套", "Marine Equipment"),
    ("汽车零部件", "汽车部件", "Auto Parts"),
    ("食品饮料", "食品机械", "Food Machinery"),
    ("矿山", "矿山机械", "Mining Machinery"),
    ("纺织", "纺织机械", "Textile Machinery"),
    ("水处理", "环保设备", "Water Treatment"),
]
CITIES: dict[str, list[Pair]] = {
    "SH": [("上海", "Shanghai")],
    "JS": [("苏州", "Suzhou"), ("无锡", "Wuxi"), ("常州", "Changzhou"), ("南通", "Nantong")],
    "ZJ": [("杭州", "Hangzhou"), ("宁波", "Ningbo"), ("温州", "Wenzhou"), ("台州", "Taizhou")],
    "GD": [("广州", "Guangzhou"), ("佛山", "Foshan"), ("东莞", "Dongguan"), ("深圳", "Shenzhen")],
    "HN": [("长沙", "Changsha"), ("株洲", "Zhuzhou")],
    "HB": [("武汉", "Wuhan"), ("襄阳", "Xiangyang")],
    "FJ": [("厦门", "Xiamen"), ("泉州", "Quanzhou"), ("福州", "Fuzhou")],
    "BJ": [("北京", "Beijing")],
    "TJ": [("天津", "Tianjin")],
    "SD": [("济南", "Jinan"), ("青岛", "Qingdao"), ("烟台", "Yantai"), ("潍坊", "Weifang")],
    "LN": [("沈阳", "Shenyang"), ("大连", "Dalian")],
    "JL": [("长春", "Changchun")],
    "SC": [("成都", "Chengdu"), ("德阳", "Deyang")],
    "CQ": [("重庆", "Chongqing")],
    "SN": [("西安", "Xi'an"), ("宝鸡", "Baoji")],
    "GS": [("兰州", "Lanzhou")],
}


def people(rng: np.random.Generator, count: int) -> list[Pair]:
    """`count` different names of people."""
    order = rng.permutation(len(SURNAMES) * len(GIVEN))[:count]
    pairs = [(SURNAMES[i % len(SURNAMES)], GIVEN[i // len(SURNAMES)]) for i in order.tolist()]
    return [(family[0] + given[0], f"{given[1]} {family[1]}") for family, given in pairs]


def companies(rng: np.random.Generator, provinces: Sequence[str], industries: Sequence[int]) -> list[Pair]:
    """One name for each pair of province and industry, no brand twice."""
    brands = rng.permutation(len(SYLLABLES) ** 2)[: len(provinces)].tolist()
    picks = rng.integers(0, 1_000, len(provinces)).tolist()
    names = []
    for province, industry, brand, pick in zip(provinces, industries, brands, picks, strict=True):
        (zh1, en1), (zh2, en2) = SYLLABLES[brand // len(SYLLABLES)], SYLLABLES[brand % len(SYLLABLES)]
        city = CITIES[province][pick % len(CITIES[province])]
        _, kind_zh, kind_en = INDUSTRIES[industry]
        names.append((f"{city[0]}{zh1}{zh2}{kind_zh}有限公司", f"{city[1]} {(en1 + en2).title()} {kind_en} Co., Ltd."))
    return names
