"""Names, addresses and telephone numbers of customers who do not exist."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "安宁晨曦浩然子墨雨桐佳怡嘉禾思远明轩若兰书瑶俊杰雅琴志远欣悦文博诗涵建业丽君春燕立群少华锦程玉洁海涛小满"
)
ESTATES = (
    "云栖花园", "湖畔新村", "青枫苑", "望湖家园", "书香门第", "竹溪里", "桂语江南", "杏林小区", "绿洲雅居", "梧桐公馆",
    "锦江苑", "松涛里", "碧波嘉园", "丹桂苑", "听雨轩", "河滨华庭",
)  # fmt: skip
LAYOUTS = ("一室一厅", "两室一厅", "两室两厅", "三室两厅", "四室两厅", "复式")
NEEDS = (
    "想要现代简约风格，收纳多一些",
    "老人同住，卫生间要防滑",
    "新中式，预算中等",
    "儿童房要环保材料",
    "厨房做成开放式",
    "二手房翻新，保留部分地板",
    "三个月内入住，工期要紧",
)
RESULTS = ("客户想了解报价", "约周末到店看样板", "暂时比较三家", "对设计感兴趣，需量房", "出差，下周再联系")
IMPRESSIONS = ("接待热情，设计师专业", "沟通及时，比较满意", "回复稍慢，方案不错", "对工艺讲解很满意")
LOST = ("选择了别的公司", "房屋暂缓装修", "预算不足", "联系不上")
STORE_SOURCES = ("路过进店", "小区宣传单", "网上查询后到店")
PLACES = ("档案室A柜", "档案室B柜", "前台文件柜")
CREWS = ("第一工队", "第二工队", "第三工队", "第四工队", "第五工队")


def person(random: Random) -> str:
    """A name of two or three characters."""
    return random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=1 if random.random() < 0.3 else 2))


def flat(random: Random) -> str:
    """An address in an estate: building, entrance, flat."""
    floor, door = random.randint(1, 18), random.randint(1, 4)
    estate = random.choice(ESTATES)
    return f"{estate}{random.randint(1, 30)}号楼{random.randint(1, 4)}单元{floor}{door:02d}室"


def phone(number: int) -> str:
    """A mobile number that is nobody's: the middle four digits are zeros."""
    return f"138{number // 10_000 % 10:04d}{number % 10_000:04d}"
