"""News and events of the house: VIPs hear first, then everybody (DEC-R24, DEC-R78)."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_skeleton
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, table_of
from core.data.marks import N_
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import today_in
from core.workdays import rolled
from core.workdays.kept import calendar_of
from plugins.decoration.care.drafting import draft_all, here, in_words, make
from plugins.decoration.models.care import CareBatch, CareMessage, HouseEvent
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book.care import VIPS_HEAR

FOR_VIPS = N_("VIPs: %(title)s")
ONE_DAY = timedelta(days=1)


def make_batches(session: Session, event: HouseEvent) -> None:
    """Drafts for VIPs, due as DEC-R24 says, and where old customers hear of it too, for them from the day after."""
    today = today_in(session, current_branch_id())
    first = vips_due(session, event, today)
    if first is None:
        return
    about = f"{event.title}，" if here(session).locale.startswith("zh") else f"{event.title}, "
    about += format_skeleton("MMMd", event.held_on, locale=here(session).locale)
    title = in_words(session, FOR_VIPS, title=event.title)
    vips = make(session, c.VIP_NEWS, title[:80], first, f"{c.VIP_NEWS}/{event.id}", event.id)
    draft_all(session, vips, about[:80])
    told = settings_on(session, book().rules["DEC-R78"], current_branch_id(), today)["event_calendar"] or ()
    if event.kind in told:
        later = max(first, min(first + ONE_DAY, event.held_on))
        rest = make(session, c.HOUSE_NEWS, event.title, later, f"{c.HOUSE_NEWS}/{event.id}", event.id)
        draft_all(session, rest, about[:80])


def vips_due(session: Session, event: HouseEvent, today: date) -> date | None:
    """The working day on which VIPs hear of it; at once where that is over, None for what nobody outside hears of."""
    ahead = settings_on(session, book().rules["DEC-R24-B"], current_branch_id(), today)["vip_notice_days"]
    if event.kind not in VIPS_HEAR or ahead is None or event.held_on < today:
        return None
    day = rolled(event.held_on - timedelta(days=ahead), calendar_of(session, current_branch_id()), "previous")
    return max(day, today)


def keep_up(session: Session, event: HouseEvent) -> None:
    """Where the event is on another day or called otherwise, what is still a draft is made anew."""
    batches = session.scalars(select(CareBatch).where(CareBatch.event_id == event.id)).all()
    due = vips_due(session, event, today_in(session, current_branch_id()))
    title = in_words(session, FOR_VIPS, title=event.title)[:80]
    stands = any(
        each.occasion == c.VIP_NEWS and (each.due_on, each.title) == (due, title) for each in batches
    )
    if due is None or stands or any(each.state != c.DRAFT for each in batches):
        return
    throw_away(session, event)
    make_batches(session, event)


def throw_away(session: Session, event: HouseEvent) -> None:
    """Drafts of an event that nobody has approved."""
    batch, message = table_of(CareBatch), table_of(CareMessage)
    drafts = select(batch.c.id).where(batch.c.event_id == event.id, batch.c.state == c.DRAFT)
    change(session, CareMessage, delete(message).where(message.c.batch_id.in_(drafts)))
    change(session, CareBatch, delete(batch).where(batch.c.event_id == event.id, batch.c.state == c.DRAFT))
    session.expire_all()
