"""Contracts of the example firm with what was paid, change orders, and the papers of completed sites."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.checks.construction_works import CHANGES, CONTRACTS
from plugins.decoration.demo.construction_days import final_days, later, mid_days
from plugins.decoration.demo.construction_works import own
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.construction_papers import (
    ChangeOrder,
    Contract,
    HandbookReturn,
    Instalment,
    RecordCard,
    Settlement,
    ShowFlat,
)
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.works.payments import share_of

CHANGED_EVERY, SHOWN_EVERY = 4, 40
SHARES = ((c.DEPOSIT, c.AT_SIGNING, 30), (c.MID, n.CARPENTRY, 65), (c.FINAL, n.COMPLETION, 5))
CHANGED = ("阳台改为储物柜", "客厅增加两路插座", "主卧地板改为瓷砖", "取消次卧吊顶")
PAID_AFTER = 2


def fill(firm: Firm) -> None:
    sites = [story for story in firm.stories if story.site_id]
    firm.insert(Contract, [_contract(story) for story in sites], CONTRACTS)
    changed = [story for story in sites if changed_on(firm, story) is not None]
    firm.insert(ChangeOrder, [_change(firm, story) for story in changed], CHANGES)
    contracts, orders = _by_site(firm, Contract), _by_site(firm, ChangeOrder)
    rows = [row for story in sites for row in _instalments(firm, story, contracts[story.site_id])]
    rows += [_of_change(firm, story, contracts[story.site_id], orders[story.site_id]) for story in changed]
    setwise.insert_rows(firm.session, Instalment, rows)
    done = [story for story in sites if story.completed_on is not None]
    setwise.insert_rows(firm.session, Settlement, [_settlement(firm, each) for each in done])
    setwise.insert_rows(firm.session, HandbookReturn, [_handbook(firm, each) for each in done])
    setwise.insert_rows(firm.session, RecordCard, [_card(firm, each) for each in done])
    shown = [each for each in done if each.key % SHOWN_EVERY == 6]
    setwise.insert_rows(firm.session, ShowFlat, [_show_flat(firm, each) for each in shown])


def amount_of(story: Story) -> Decimal:
    """What a contract comes to, in yuan: whole thousands between 60,000 and 260,000."""
    return Decimal(60 + story.key * 37 % 201) * 1000


def changed_on(firm: Firm, story: Story) -> date | None:
    """The day on which a change was signed, on one site in some."""
    return later(story.started_on, 20, firm.today) if story.key % CHANGED_EVERY == 1 else None


def _by_site(firm: Firm, model: Any) -> dict[int, int]:
    table = setwise.table_of(model)
    return dict(setwise.fetch(firm.session, select(table.c.site_id, table.c.id)))


def _contract(story: Story) -> dict[str, Any]:
    return {
        **own(story),
        "amount": amount_of(story),
        "signed_on": story.fixed_on,
        "remark": None,
        "state": c.SIGNED,
    }


def _part(firm: Firm, story: Story, contract: int, days: tuple[date | None, date | None]) -> dict[str, Any]:
    due, paid = days
    state = c.DUE if due is not None else c.PLANNED
    return {
        **own(story),
        "contract_id": contract,
        "change_order_id": None,
        "due_on": due,
        "paid_on": paid,
        "confirmed_by": firm.staff["finance"] if paid is not None else None,
        "receipt": f"SJ{paid:%y%m%d}{story.key:03}" if paid is not None else None,
        "state": c.PAID if paid is not None else state,
    }


def _instalments(firm: Firm, story: Story, contract: int) -> Iterator[dict[str, Any]]:
    at_signing = story.fixed_on, later(story.fixed_on, PAID_AFTER, firm.today)
    mid = mid_days(story, firm.today)
    if story.settled_on is not None and mid[1] is None:
        mid = mid[0], story.settled_on
    days = (at_signing, mid, final_days(story, firm.today))
    for (kind, due_at, share), each in zip(SHARES, days, strict=True):
        yield {
            **_part(firm, story, contract, each),
            "kind": kind,
            "due_at": due_at,
            "share": Decimal(share),
            "amount": share_of(amount_of(story), Decimal(share)),
        }


def _change(firm: Firm, story: Story) -> dict[str, Any]:
    signed = changed_on(firm, story) or firm.today
    return {
        **own(story),
        "says": CHANGED[story.key // CHANGED_EVERY % len(CHANGED)],
        "amount": _costs(story),
        "days": story.key % 4,
        "proposed_on": signed - timedelta(days=4),
        "agreed_on": signed - timedelta(days=1),
        "agreed_by": "业主本人",
        "signed_on": signed,
        "signed_by": firm.staff["manager"],
        "state": c.SIGNED,
    }


def _costs(story: Story) -> Decimal:
    return Decimal((story.key * 13 % 60 - 8) * 100 + 50)


def _of_change(firm: Firm, story: Story, contract: int, order: int) -> dict[str, Any]:
    return {
        **_part(firm, story, contract, final_days(story, firm.today)),
        "change_order_id": order,
        "kind": c.CHANGE,
        "due_at": n.COMPLETION,
        "share": None,
        "amount": _costs(story),
    }


def _settlement(firm: Firm, story: Story) -> dict[str, Any]:
    told = later(story.completed_on, 1, firm.today)
    owed = share_of(amount_of(story), Decimal(5))
    state = c.TOLD if told is not None else c.LISTED
    return {
        **own(story),
        "completed_on": story.completed_on,
        "owed": owed + (_costs(story) if changed_on(firm, story) is not None else 0),
        "materials_told_on": told,
        "finance_told_on": told,
        "told_by": firm.staff["specialist"] if told is not None else None,
        "settled_on": story.settled_on,
        "settled_by": firm.staff["finance"] if story.settled_on is not None else None,
        "state": c.SETTLED if story.settled_on is not None else state,
    }


def _handbook(firm: Firm, story: Story) -> dict[str, Any]:
    here = later(story.completed_on, 2, firm.today)
    checked = later(story.completed_on, 4, firm.today)
    lacks = story.key % 6 == 0
    verdicts = {each: c.IN_ORDER if checked is not None else None for each in c.ITEMS}
    if checked is not None and lacks:
        verdicts["photos"] = c.MISSING
    state = c.COLLECTED if here is not None else c.AWAITED
    return {
        **own(story),
        **verdicts,
        "findings": ("缺隐蔽工程照片，已通知补齐" if lacks else "资料齐全") if checked is not None else None,
        "collected_on": here,
        "collected_by": firm.staff["specialist"] if here is not None else None,
        "checked_on": checked,
        "checked_by": firm.staff["specialist"] if checked is not None else None,
        "state": c.CHECKED if checked is not None else state,
    }


def _card(firm: Firm, story: Story) -> dict[str, Any]:
    filed = later(story.completed_on, 3, firm.today)
    return {
        **own(story),
        "completed_on": story.completed_on,
        "details": "家庭成员、联系方式及房屋情况已核对" if filed is not None else None,
        "summary": "全屋装修，工期正常，验收合格" if filed is not None else None,
        "filed_on": filed,
        "filed_by": firm.staff["specialist"] if filed is not None else None,
        "state": c.FILED if filed is not None else c.DRAFTED,
    }


def _show_flat(firm: Firm, story: Story) -> dict[str, Any]:
    asked = story.completed_on or firm.today
    return {
        **own(story),
        "why": "工艺规范，业主同意参观",
        "requested_on": asked,
        "requested_by": firm.staff["engineering"],
        "inspected_on": asked,
        "decided_on": later(asked, 2, firm.today) or firm.today,
        "state": c.APPROVED,
    }
