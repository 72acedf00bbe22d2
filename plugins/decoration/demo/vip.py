"""VIPs of the example firm: their archives with reviews, visits and purchases, the channels, the manager's days."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.branches import setwise
from plugins.decoration.checks.vip import PREFIX
from plugins.decoration.demo.customers import class_of
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.vip import AreaVisit, Purchase, Reception, VipArchive, VipChannel, VipReview
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

REVIEW_DAYS, LOOKED_BACK = 10, 30
GROUNDS = ("别墅整装，合同额较大", "多次介绍新客户", "企业客户，多套公寓", "老客户二次装修")
NEWS = (
    "计划年后换窗帘",
    "打算介绍同事来看样板间",
    "对收纳柜很满意",
    "关心新风系统",
    "近期出差，电话联系为宜",
)
TOPICS = ("看新到的石材样板", "了解全屋智能方案", "反映橱柜门板问题", "商量庭院设计", "预约量房")
COURSES = ("专人全程陪同，介绍方案并记录需求", "现场联系设计师一起答复", "陪同看样板间后送上资料")
SUMMARIES = ("客户认可方案，希望两周内出报价", "希望价格再商量，已报经理", "问题已约工程部上门")
OUTCOMES = ("客户对接待满意，同意继续", "客户希望加快进度，已安排", "客户表示感谢")
GOODS = ("定制衣柜", "进口瓷砖", "中央空调", "实木地板", "全屋窗帘")
NEEDS = ("客户希望周末也能看样板", "有客户想了解环保检测", "客户询问旧房局部改造", "客户希望有儿童休息区")
SHORT = ("样板间灯光偏暗", "资料架缺少新品册", None, None)
CHANNELS = (
    (c.WINDOW, "一楼大厅3号窗", False),
    (c.HOTLINE, "400-555-0186", True),
    (c.FAX, "0571-5550187", True),
    (c.GREEN_LANE, "VIP接待室直达设计中心", False),
    (c.DESK, "一楼咨询台", False),
)


def fill(firm: Firm) -> None:
    stories = [each for each in firm.stories if class_of(each.key) != n.ORDINARY]
    ids = firm.insert(VipArchive, [_archive(firm, story) for story in stories], PREFIX)
    kept = [(ids[f"{PREFIX}{place:06d}"], story) for place, story in enumerate(stories, start=1)]
    setwise.insert_rows(firm.session, VipReview, list(_reviews(firm, kept)))
    setwise.insert_rows(firm.session, Reception, list(_receptions(firm, kept)))
    setwise.insert_rows(firm.session, Purchase, list(_purchases(firm, kept)))
    setwise.insert_rows(firm.session, VipChannel, list(_channels(firm)))
    setwise.insert_rows(firm.session, AreaVisit, list(_days(firm)))


def opened_on(story: Story) -> date:
    """An archive is opened when the file is."""
    return story.filed_on


def reviewed_on(firm: Firm, story: Story) -> list[date]:
    """Every ten days, the last one as due."""
    passed = (firm.today - timedelta(days=1) - opened_on(story)).days // REVIEW_DAYS
    return [opened_on(story) + timedelta(days=REVIEW_DAYS * each) for each in range(1, passed + 1)]


def _archive(firm: Firm, story: Story) -> dict[str, Any]:
    reviews = reviewed_on(firm, story)
    return {
        "customer_id": story.customer_id,
        "customer_class": class_of(story.key),
        "ground": firm.random.choice(GROUNDS),
        "keeper_id": firm.staff["vip-keeper"],
        "original_place": f"VIP档案柜{story.key % 4 + 1}层",
        "developments": firm.random.choice(NEWS) if reviews else None,
        "state": c.KEPT,
        "granted_on": opened_on(story),
        "granted_by": firm.staff["manager"],
        "opened_on": opened_on(story),
        "last_reviewed_on": reviews[-1] if reviews else None,
    }


def _reviews(firm: Firm, kept: list[tuple[int, Story]]) -> Iterator[dict[str, Any]]:
    for archive_id, story in kept:
        for day in reviewed_on(firm, story):
            yield {
                "archive_id": archive_id,
                "reviewed_on": day,
                "reviewed_by": firm.staff["manager"],
                "developments": firm.random.choice(NEWS),
            }


def _receptions(firm: Firm, kept: list[tuple[int, Story]]) -> Iterator[dict[str, Any]]:
    """Some visits of each; those of the last days are still followed, or wait for the manager."""
    for archive_id, story in kept:
        for each in range(1 + story.key % 3):
            day = opened_on(story) + timedelta(days=2 + each * 40)
            if day <= firm.today:
                yield {"archive_id": archive_id, **_reception(firm, day)}


def _reception(firm: Firm, day: date) -> dict[str, Any]:
    age = (firm.today - day).days
    state = c.FOLLOWED if age < 3 else c.CONTACTED
    summed_up = state == c.CONTACTED
    return {
        "received_on": day,
        "received_by": firm.staff["vip-keeper"],
        "topic": firm.random.choice(TOPICS),
        "course": firm.random.choice(COURSES),
        "summary": firm.random.choice(SUMMARIES) if summed_up else None,
        "summed_up_on": day + timedelta(days=1) if summed_up else None,
        "for_manager": True,
        "contacted_on": day + timedelta(days=2) if summed_up else None,
        "contacted_by": firm.staff["manager"] if summed_up else None,
        "outcome": firm.random.choice(OUTCOMES) if summed_up else None,
        "state": state,
    }


def _purchases(firm: Firm, kept: list[tuple[int, Story]]) -> Iterator[dict[str, Any]]:
    for archive_id, story in kept[::2]:
        day = opened_on(story) + timedelta(days=45)
        if day <= firm.today:
            yield {
                "archive_id": archive_id,
                "bought_on": day,
                "what": firm.random.choice(GOODS),
                "price": Decimal(firm.random.randint(30, 400) * 100),
            }


def _channels(firm: Firm) -> Iterator[dict[str, Any]]:
    for kind, place, has_person in CHANNELS:
        yield {
            "kind": kind,
            "place": place,
            "person_id": firm.staff["vip-keeper"] if has_person else None,
        }


def _days(firm: Firm) -> Iterator[dict[str, Any]]:
    """The manager was in the VIP area on each weekday of the last weeks."""
    for back in range(LOOKED_BACK, 0, -1):
        day = firm.today - timedelta(days=back)
        if day.weekday() < 5:
            yield {
                "visited_on": day,
                "visited_by": firm.staff["manager"],
                "received": firm.random.randint(0, 4),
                "needs": firm.random.choice(NEEDS),
                "shortcomings": firm.random.choice(SHORT),
            }
