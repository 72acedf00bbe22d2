"""Begins a round, keeps what was judged, and finishes it once. The caller commits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import IO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from core.data import UserError, clock
from core.data.marks import N_
from core.files import service as files
from core.files.models import StoredFile
from core.handbook import stored
from core.handbook.basis import Grounds, basis_of
from core.handbook.findings import Found, keep
from core.handbook.models import NOT_IN_ORDER
from core.handbook.periods import Period
from core.inspections.items import Item
from core.inspections.kinds import NOT_OK, VERDICTS, InspectionRound, finished
from core.inspections.models import FINISHED, Inspection, InspectionResult
from core.inspections.rounds import INSPECTION, RESULT

LONGEST_REMARK = 500
_BLOCK = 256 * 1024
_UNWRITTEN = re.compile("[\x00\ud800-\udfff]")  # what no database takes as text

IS_FINISHED = N_("This round is finished already. Nothing of it can be changed.")
NOT_JUDGED = N_("Items not judged yet: %(count)s. Judge them, then finish the round.")
SAY_WHAT = N_("Say what is not in order, or take a photo.")
UNKNOWN_VERDICT = N_("Choose one of the answers.")
REMARK_TOO_LONG = N_("Use at most %(max)d characters.")
NOBODY = N_("Choose somebody of this branch.")


@dataclass(frozen=True)
class Judged:
    """What was entered of an item; None leaves what stands there. An empty verdict takes none back."""

    verdict: str = ""
    remark: str | None = None
    responsible_id: int | None = None
    names_somebody: bool = False


def begun(
    session: Session, round_: InspectionRound, period: Period, items: Sequence[Item], day: date, user_id: int
) -> Inspection:
    """The inspection of a round in a period of the active branch; made, with its items, where there is none yet."""
    made = Inspection(
        round=round_.id, first_on=period.first, due_on=period.last, day=day, user_id=user_id, results=[]
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:  # somebody else began it a moment earlier
        return held(session, round_.id, period.first)
    for position, item in enumerate(items):
        made.results.append(_result(session, made, item, position))
    session.flush()
    return made


def _result(session: Session, made: Inspection, item: Item, position: int) -> InspectionResult:
    return InspectionResult(
        inspection_id=made.id,
        round=made.round,
        day=made.day,
        position=position,
        rule=item.rule.id,
        item=item.key,
        basis_id=basis_of(session, item.rule, item.settings).id,
        text=item.text,
    )


def held(session: Session, round_id: str, first_on: date) -> Inspection:
    """The inspection of a round in a period of the active branch, kept from others until the transaction ends."""
    wanted = select(Inspection).where(Inspection.round == round_id, Inspection.first_on == first_on)
    return session.scalars(
        wanted.with_for_update().options(selectinload(Inspection.results)),
        execution_options={"populate_existing": True},
    ).one()


def judge(
    session: Session,
    inspection: Inspection,
    given: Mapping[str, Judged],
    user_id: int,
    people: Sequence[int] = (),
) -> None:
    """Keep what was entered, by the names of items; `people` are those who may be named as responsible.

    Raises UserError where the round is finished, or an entry is none that there can be.
    """
    _demand_open(inspection)
    for each in inspection.results:
        if each.name in given:
            _judge(each, given[each.name], user_id, people)
    session.flush()


def _judge(result: InspectionResult, given: Judged, user_id: int, people: Sequence[int]) -> None:
    if given.verdict and given.verdict not in VERDICTS:
        raise UserError(UNKNOWN_VERDICT, field=result.name)
    if given.names_somebody and given.responsible_id is not None and given.responsible_id not in people:
        raise UserError(NOBODY, field=result.name)
    before = (result.verdict, result.remark, result.responsible_id)
    result.verdict = given.verdict or result.verdict
    if given.remark is not None:
        result.remark = _clean(given.remark, result.name) or None
    if given.names_somebody:
        result.responsible_id = given.responsible_id
    if before != (result.verdict, result.remark, result.responsible_id):
        result.judged_by, result.judged_at = user_id, clock.now()


def _clean(text: str, name: str) -> str:
    text = _UNWRITTEN.sub("", text).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_REMARK:
        raise UserError(REMARK_TOO_LONG, field=name, max=LONGEST_REMARK)
    return text


def add_photo(
    session: Session, inspection: Inspection, name: str, stream: IO[bytes], file_name: str, user_id: int
) -> None:
    """Keep a photo with an item. The same photo, sent again, is kept once."""
    _demand_open(inspection)
    result = next((each for each in inspection.results if each.name == name), None)
    if result is None:
        raise UserError(UNKNOWN_VERDICT, field=name)
    known = {each.sha256 for each in files.files_of(session, RESULT, result.id)}
    if _digest(stream) not in known:
        files.store(session, RESULT, result.id, stream, file_name, user_id)


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()


def photos_of(session: Session, results: Sequence[InspectionResult]) -> dict[int, list[StoredFile]]:
    """The photos of items, by the item's id, in one statement."""
    found: dict[int, list[StoredFile]] = {}
    wanted = select(StoredFile).where(
        StoredFile.entity == RESULT,
        StoredFile.record_id.in_([each.id for each in results]),
        StoredFile.removed_at.is_(None),
    )
    for each in session.scalars(wanted.order_by(StoredFile.id)):
        found.setdefault(each.record_id, []).append(each)
    return found


def finish(session: Session, inspection: Inspection, user_id: int) -> None:
    """Finish a round that is kept from others (`held`): what is not in order becomes a finding of its rule.

    Raises UserError where it is finished already, where an item is not judged, or where nothing is said of one that
    is not in order.
    """
    _demand_open(inspection)
    _demand_whole(session, inspection)
    inspection.state, inspection.finished_at, inspection.finished_by = FINISHED, clock.now(), user_id
    for each in inspection.results:
        each.finished = True
    session.flush()
    for each in inspection.results:
        if each.verdict == NOT_OK:
            keep(session, _found(each, user_id))
    _tell(session, inspection)


def _demand_open(inspection: Inspection) -> None:
    if inspection.state == FINISHED:
        raise UserError(IS_FINISHED, status=409)


def _demand_whole(session: Session, inspection: Inspection) -> None:
    missing = [each for each in inspection.results if not each.verdict]
    if missing:
        raise UserError(NOT_JUDGED, field=missing[0].name, count=len(missing))
    bare = [each for each in inspection.results if each.verdict == NOT_OK and not each.remark]
    photos = photos_of(session, bare) if bare else {}
    for each in bare:
        if each.id not in photos:
            raise UserError(SAY_WHAT, field=each.name)


def _found(result: InspectionResult, user_id: int) -> Found:
    basis = result.basis
    inputs = {
        "verdict": result.verdict,
        "remark": result.remark,
        "responsible_id": result.responsible_id,
    }
    figures = {name: value for name, value in basis.settings.items() if f"%({name})" in result.text}
    return Found(
        grounds=Grounds(basis.rule, basis.version, basis.clause, basis.settings),
        branch_id=result.branch_id,
        entity=RESULT,
        subject_id=result.id,
        day=result.day,
        outcome=NOT_IN_ORDER,
        inputs=stored.plain_map({name: value for name, value in inputs.items() if value is not None}),
        result={"text": result.text, "figures": figures, "fields": []},
        user_id=user_id,
    )


def _tell(session: Session, inspection: Inspection) -> None:
    """Tell the work list, where there is one: deadlines begin and what was owed is fulfilled."""
    if find_spec("core.worklist") is None:
        return
    happened = import_module("core.worklist.events").happened
    for event in (f"{INSPECTION}.{FINISHED}", finished(inspection.round)):
        happened(session, event, [inspection], inspection.day, inspection.finished_by)
