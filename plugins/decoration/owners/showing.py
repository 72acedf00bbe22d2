"""What a customer's page shows: of one site or one commission, and of nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from core.branches import Branch
from core.entities.registry import entity_by_id
from core.files.models import StoredFile
from core.ui import format as shown
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import Contract, Instalment
from plugins.decoration.models.construction_stages import Acceptance, Pause, SiteCheck, Stage
from plugins.decoration.models.customers import House
from plugins.decoration.models.design import Appointment, Commission, Fee
from plugins.decoration.models.owner import OwnerLink, OwnerPhoto
from plugins.decoration.owners.links import today
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules import names_design as d

Own = Sequence[ColumnElement[bool]]
RESULTS = (c.PASSED, c.FAILED, c.CLOSED)
"""What came of an acceptance that was held, and can be signed."""
TOLD = (c.ANNOUNCED, c.NOTIFIED, *RESULTS)
MOST_PHOTOS = 60


def appointments_of(link: OwnerLink) -> Own:
    """The appointments of the customer over the link's commission, and those over none."""
    whole = Appointment.commission_id.is_(None)
    over = or_(Appointment.commission_id == link.commission_id, whole) if link.commission_id else whole
    return (Appointment.customer_id == link.customer_id, over)


def acceptances_of(link: OwnerLink) -> Own:
    """The acceptances of the link's site."""
    return _of_site(Acceptance, link)


def photos_of(link: OwnerLink) -> Any:
    """A select of the released photos of the link's site, the latest first."""
    return (
        select(StoredFile)
        .join(OwnerPhoto, and_(OwnerPhoto.file_id == StoredFile.id, *_of_site(OwnerPhoto, link)))
        .where(StoredFile.removed_at.is_(None), StoredFile.media_type.like("image/%"))
        .order_by(StoredFile.uploaded_at.desc(), StoredFile.id.desc())
    )


def photos_at(site_id: int) -> Any:
    """A select of all photos that lie with a site, its acceptances and its checks, the latest first."""
    with_rows = [
        and_(
            StoredFile.entity == entity,
            StoredFile.record_id.in_(select(model.id).where(model.site_id == site_id)),
        )
        for entity, model in ((c.ACCEPTANCE, Acceptance), (c.SITE_CHECK, SiteCheck))
    ]
    at_site = and_(StoredFile.entity == n.SITE, StoredFile.record_id == site_id)
    return (
        select(StoredFile)
        .where(
            or_(at_site, *with_rows), StoredFile.removed_at.is_(None), StoredFile.media_type.like("image/%")
        )
        .order_by(StoredFile.uploaded_at.desc(), StoredFile.id.desc())
        .limit(200)
    )


def page_of(session: Session, link: OwnerLink, locale: str) -> dict[str, Any]:
    """The context of `owner.html`, in the language of the request."""
    site = session.get(Site, link.site_id) if link.site_id else None
    commission = session.get(Commission, link.commission_id) if link.commission_id else None
    house_id = site.house_id if site else commission.house_id if commission else None
    house = session.get(House, house_id) if house_id else None
    pauses = session.scalars(select(Pause).where(*_of_site(Pause, link)).order_by(Pause.paused_on.desc()))
    return {
        "firm": session.get_one(Branch, link.branch_id).name(locale),
        "address": house.address if house else "",
        "number": site.number if site else commission.number if commission else "",
        "state": _choice(n.SITE if site else n.COMMISSION, "state", (site or commission)),
        "stages": _stages(session, link),
        "appointments": _appointments(session, link),
        "acceptances": _acceptances(session, link),
        "pauses": [
            {
                "from": shown.date(each.paused_on),
                "until": shown.date(each.resumed_on) if each.resumed_on else "",
                "why": each.reason or "",
            }
            for each in pauses
        ],
        "payments": _payments(session, link),
        "photos": session.scalars(photos_of(link).limit(MOST_PHOTOS)).all(),
        "contact": link.contact,
        "phone": link.contact_phone,
        "dialled": "".join(each for each in link.contact_phone if each in "+0123456789"),
        "ends_on": shown.date(link.ends_on),
    }


def _of_site(model: Any, link: OwnerLink) -> Own:
    return (model.site_id == link.site_id,) if link.site_id else (false(),)


def _choice(entity: str, name: str, row: Any) -> dict[str, str]:
    """A choice as the firm's own pages name it, with its tone."""
    field = entity_by_id(entity).field(name)
    code = getattr(row, name)
    return {
        "label": str(dict(field.options).get(code, code)),
        "tone": str((field.tones or {}).get(code, "neutral")),
    }


def _stages(session: Session, link: OwnerLink) -> list[dict[str, Any]]:
    rows = session.scalars(select(Stage).where(*_of_site(Stage, link)).order_by(Stage.position))
    labels = {c.DONE: gettext("Done"), c.WORKING: gettext("Under way"), c.WAITING: gettext("Planned")}
    tones = {c.DONE: "success", c.WORKING: "info", c.WAITING: "neutral"}
    return [
        {
            "label": _choice(c.STAGE, "stage", each)["label"],
            "state": {"label": labels[each.state], "tone": tones[each.state]},
            "day": _day_of(each),
        }
        for each in rows
    ]


def _day_of(stage: Stage) -> str:
    if stage.passed_on is not None:
        return gettext("Accepted on %(day)s", day=shown.date(stage.passed_on))
    if stage.planned_until is not None:
        return gettext("Planned until %(day)s", day=shown.date(stage.planned_until))
    return ""


def _appointments(session: Session, link: OwnerLink) -> list[dict[str, Any]]:
    own = select(Appointment).where(
        *appointments_of(link), Appointment.state.in_(d.AHEAD), Appointment.planned_on >= today(session)
    )
    return [
        {
            "id": each.id,
            "label": _choice(d.APPOINTMENT, "stage", each)["label"],
            "day": each.planned_on.isoformat(),
            "when": f"{shown.date(each.planned_on)} {each.starts}",
            "place": each.place or "",
            "is_confirmed": each.state == d.CONFIRMED,
        }
        for each in session.scalars(own.order_by(Appointment.planned_on, Appointment.starts))
    ]


def _acceptances(session: Session, link: OwnerLink) -> list[dict[str, Any]]:
    """Those whose day is announced, and what came of those that were held; the next first."""
    own = select(Acceptance).where(*acceptances_of(link), Acceptance.state.in_(TOLD))
    found = session.scalars(own.order_by(Acceptance.state.in_(RESULTS), Acceptance.planned_on, Acceptance.id))
    return [_acceptance(each) for each in found]


def _acceptance(each: Acceptance) -> dict[str, Any]:
    is_held = each.state in RESULTS
    failed = {"label": gettext("Failed"), "tone": "danger"}
    passed = {"label": gettext("Passed"), "tone": "success"}
    return {
        "id": each.id,
        "label": _choice(c.ACCEPTANCE, "checkpoint", each)["label"],
        "day": each.planned_on.isoformat() if each.planned_on else "",
        "when": shown.date(each.held_on if is_held else each.planned_on),
        "record": (each.record or "") if is_held else "",
        "result": (failed if each.state == c.FAILED else passed) if is_held else None,
        "confirms": not is_held and each.planned_on is not None and each.owner_day != each.planned_on,
        "is_confirmed": not is_held and each.owner_day is not None and each.owner_day == each.planned_on,
        "signs": is_held and each.owner_signed_at is None,
        "signed": each.owner_name or "",
    }


def _payments(session: Session, link: OwnerLink) -> list[dict[str, str]]:
    """What is asked for now: of signed contracts, and before them of the commission."""
    due = (
        select(Instalment)
        .join(Contract, Contract.id == Instalment.contract_id)
        .where(*_of_site(Instalment, link), Instalment.state == c.DUE, Contract.state == c.SIGNED)
    )
    found = [
        (_choice(c.INSTALMENT, "kind", each)["label"], each.amount, each.due_on)
        for each in session.scalars(due.order_by(Instalment.due_on, Instalment.id))
    ]
    if link.commission_id:
        told = select(Fee).where(Fee.commission_id == link.commission_id, Fee.state == d.NOTIFIED)
        found += [
            (_choice(d.FEE, "kind", each)["label"], each.amount, each.notified_on)
            for each in session.scalars(told.order_by(Fee.id))
        ]
    return [
        {"label": label, "amount": shown.money(amount), "since": shown.date(day) if day else ""}
        for label, amount, day in found
    ]
