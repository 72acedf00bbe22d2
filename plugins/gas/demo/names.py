"""Names, addresses and telephone numbers of customers who do not exist."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单覃仇查"
)
DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "万俟")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏辉建国志文慧颖婷雪梅晓东海燕春宇浩博轩子涵梓睿欣怡佳琪"
    "思远嘉诚安宁家乐立新永福长生金玲淑兰凤琴"
)
ESTATES = (
    "和平里", "幸福家园", "阳光花园", "翠湖小区", "锦绣苑", "金桂园", "望江小区", "东方花园", "康乐小区", "春晖苑",
    "世纪新城", "梧桐里", "建设新村", "文昌小区", "滨河家园", "紫荆花园", "长虹小区", "民安里", "枫林苑", "海棠公寓",
)  # fmt: skip
STREETS = ("人民路", "解放路", "中山路", "建设街", "新华路", "文化路", "和平大街", "光明路")
SHOPS = ("饭店", "面馆", "早点铺", "火锅店", "烧烤店", "酒楼", "快餐店", "洗衣店")
SHOP_NAMES = ("聚福", "老街", "顺发", "如意", "鸿运", "家常", "一品", "金牌", "好邻居", "川味")
PUBLIC = (
    "第一小学",
    "实验中学",
    "社区卫生服务中心",
    "敬老院",
    "中心幼儿园",
    "福利院",
    "职业学校",
    "社区食堂",
)


def person(random: Random) -> str:
    """A name of two or three characters, seldom four."""
    surname = random.choice(DOUBLE_SURNAMES) if random.random() < 0.004 else random.choice(SURNAMES)
    return surname + "".join(random.choices(GIVEN, k=1 if random.random() < 0.3 else 2))


def shop(random: Random) -> str:
    return random.choice(SHOP_NAMES) + random.choice(SHOPS)


def public_body(random: Random) -> str:
    return random.choice(STREETS)[:-1] + random.choice(PUBLIC)


def flat(random: Random, estate: str) -> str:
    """An address in an estate: building, entrance, flat."""
    floor, door = random.randint(1, 18), random.randint(1, 4)
    return f"{estate}{random.randint(1, 30)}号楼{random.randint(1, 4)}单元{floor}{door:02d}室"


def street_address(random: Random) -> str:
    return f"{random.choice(STREETS)}{random.randint(1, 400)}号"


def phone(number: int) -> str:
    """A mobile number that is nobody's: the middle four digits are zeros."""
    return f"139{number // 10_000 % 10:04d}{number % 10_000:04d}"
