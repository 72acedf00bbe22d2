"""What the people of a decoration firm do in its stories, and what is found of it.

The sentences name objects, fields and moves as the screens name them in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from flask_babel import force_locale
from sqlalchemy import func, select

import jobs_by_hand
from company import Company
from core.entities.spec import Entity, Field
from core.jobs.daily import start_daily
from core.messages.kinds import CALL_LIST
from core.messages.models import WAITING as WAITING_TO_GO
from core.messages.models import Outgoing
from core.workflow.registry import workflow_of
from core.worklist.models import OPEN, Obligation
from decoration_company import HERE, setting_changed
from pages import Page
from plugins.decoration.care.jobs import JOBS
from plugins.decoration.entities.construction import STAGES
from plugins.decoration.models.construction_stages import Stage
from plugins.decoration.rules.names_construction import DONE, WAITING
from storytelling import Story, in_both, says

LIST = "/decoration/calls/"
ROW = re.compile(r'href="(/decoration/calls/\w+/\d+/call)"')
NAMED = re.compile(r"(.+?)(?: “(.+)”)?")


def begun(firm: Company) -> Story:
    """Nobody is on file yet."""
    return Story(firm, HERE, people=f"{HERE}.")


@contextmanager
def in_english(story: Story) -> Iterator[None]:
    with story.company.app.test_request_context(), force_locale("en"):
        yield


# ---------------------------------------------------------------- the words of the screens


def entity_called(story: Story, words: str) -> Entity:
    """`design commission`."""
    with in_english(story):
        found = [each for each in _own(story) if str(each.label).lower() == words.lower()]
    assert len(found) == 1, f"{len(found)} objects are called “{words}”"
    return found[0]


def _own(story: Story) -> Iterator[Entity]:
    everything = story.company.installation.entities.values()
    return (each for each in everything if each.id.startswith("decoration."))


def field_called(entity: Entity, words: str) -> Field:
    found = [each for each in entity.fields if str(each.label) == words]
    assert len(found) == 1, f"{entity.id}: {len(found)} fields are called “{words}”"
    return found[0]


def entered(story: Story, entity: Entity, words: str) -> dict[str, Any]:
    """`Customer: Wang; Shows intent: yes` as REST takes it."""
    with in_english(story):
        pairs = (each.split(": ", 1) for each in words.split("; ") if each)
        return dict(_value(story, field_called(entity, label), text) for label, text in pairs)


def _value(story: Story, field: Field, text: str) -> tuple[str, Any]:
    if field.target == "core.person":
        return field.name, story.company.people[f"{HERE}.{text.removeprefix('the ')}"]
    if field.target:
        return field.name, story.made[field.target]
    for key, label in field.choices or ():
        if str(label) == text:
            return field.name, key
    return field.name, {"yes": True, "no": False}.get(text, text)


def record_called(story: Story, words: str) -> tuple[Entity, int]:
    """`stage acceptance “Carpentry”`: the latest one that a choice says this of; without it the latest of all."""
    named = NAMED.fullmatch(words)
    assert named
    entity = entity_called(story, named[1])
    asked = select(func.max(entity.model.id))  # type: ignore[attr-defined]
    if named[2]:
        with in_english(story):
            own = [
                (each.name, key)
                for each in entity.fields
                for key, label in each.choices or ()
                if str(label) == named[2]
            ]
        assert own, f"nothing of {entity.id} can be “{named[2]}”"
        asked = asked.where(getattr(entity.model, own[0][0]) == own[0][1])
    with story.company.session(story.branch) as session:
        found = session.scalar(asked)
    assert found is not None, f"there is no {words}"
    return entity, int(found)


def move_called(story: Story, entity: Entity, words: str) -> str:
    with story.company.app.app_context():
        moves = workflow_of(entity)
    assert moves is not None, f"{entity.id} does not move"
    found = [each.id for each in moves.transitions if each.label == words]
    assert len(found) == 1, f"{entity.id}: {len(found)} moves say “{words}”"
    return found[0]


# ---------------------------------------------------------------- time


@says("The worker does what is due today.")
def worker_does(story: Story) -> None:
    start_daily(story.company.app, story.company.database, JOBS)
    jobs_by_hand.do_all(story.company.app)


@says("The office settles under {rule}: {name} is {value}.")
def office_settles(story: Story, rule: str, name: str, value: str) -> None:
    assert story.today is not None
    setting_changed(story.company, rule, name, int(value), story.today)


# ---------------------------------------------------------------- records


@says("The {who} enters a {what}.")
@says("The {who} enters an {what}.")
def enters(story: Story, who: str, what: str) -> None:
    """`house: Customer: the customer; Address: ...`."""
    thing, _colon, words = what.partition(": ")
    entity = entity_called(story, thing)
    path = f"{entity.path.strip('/')}/"
    story.made[entity.id] = story.sent(who, "POST", path, entered(story, entity, words))


def _pressed(story: Story, who: str, move: str, what: str, language: str = "en") -> Any:
    thing, _colon, words = what.partition(": ")
    entity, key = record_called(story, thing)
    path = f"{entity.path.strip('/')}/{key}/{move_called(story, entity, move)}"
    return story.send(who, "POST", path, entered(story, entity, words), language)


@says("The {who} presses “{move}” on the {what}.")
def presses(story: Story, who: str, move: str, what: str) -> None:
    """What the move asks for stands behind a colon: `stage acceptance: Record of the acceptance: ...`."""
    answer = _pressed(story, who, move, what)
    assert answer.status_code == 200, answer.text


@says("The {who} tries “{move}” on the {what} — it is refused: {words}.")
def tries(story: Story, who: str, move: str, what: str, words: str) -> None:
    for language, text in in_both(words):
        answer = _pressed(story, who, move, what, language)
        assert answer.status_code in (409, 422), answer.text
        assert text in str(answer.json), answer.json


@says("The page of the {what} tells the {who}: {words}.")
def shows(story: Story, what: str, who: str, words: str) -> None:
    entity, key = record_called(story, what)
    for language, text in in_both(words):
        told = " ".join(Page(story.page(who, f"{entity.path.rstrip('/')}/{key}", language)).texts)
        assert text in told, told[told.find("当前位置") :]  # zh-ok: where the page's own begins


@says("On {path} the {who} reads: {words}.")
def reads(story: Story, path: str, who: str, words: str) -> None:
    for language, text in in_both(words):
        told = " ".join(Page(story.page(who, path, language)).texts)
        assert text in told, told


@says("Designer and customer meet over: {stage}.")
def meet(story: Story, stage: str) -> None:
    """Announced by the designer, told to the customer by the specialist, held and recorded today."""
    assert story.today is not None
    about = f"Customer: the customer; Design commission: it; Stage of the appointment: {stage}"
    when = f"Planned on: {story.today}; Begins at: 09:00; Place of the appointment: 展厅"  # zh-ok: a place
    enters(story, "designer", f"appointment with a customer: {about}; {when}")
    thing = "appointment with a customer"
    presses(story, "specialist", "Invite the customer", f"{thing}: Invited how: By phone call")
    record = "Record of the meeting: 客户同意"  # zh-ok: what a designer writes
    presses(story, "designer", "The appointment was held", f"{thing}: {record}")


@says("The acceptance of {stage} is announced, told to the customer and held: {verdict}.")
def is_held(story: Story, stage: str, verdict: str) -> None:
    thing = f"stage acceptance “{stage}”"
    presses(story, "engineering", "Announce the day", f"{thing}: Acceptance on: {story.today}")
    presses(story, "specialist", "Notify the customer", thing)
    record = "Record of the acceptance: 见验收表; The customer was there: yes"  # zh-ok: what is written
    presses(story, "inspector", verdict.capitalize(), f"{thing}: {record}")


@says("The stages are built and accepted up to {last}.")
def are_accepted(story: Story, last: str) -> None:
    """Each from the one under way on, begun where nobody has."""
    with story.company.session(story.branch) as session:
        asked = select(Stage).where(Stage.state != DONE).order_by(Stage.position)
        open_ = [(each.stage, each.state) for each in session.scalars(asked)]
    with in_english(story):
        labels = {key: str(label) for key, label in STAGES}
    for stage, state in open_:
        if state == WAITING:
            presses(story, "engineering", "Begin the stage", f"stage of a site “{labels[stage]}”")
        is_held(story, labels[stage], "passed")
        if labels[stage] == last:
            return
    raise AssertionError(f"no stage is called {last}")


# ---------------------------------------------------------------- calls


@says("The {who} makes the call of the list about {kind}: {said}.")
def calls(story: Story, who: str, kind: str, said: str) -> None:
    """The first call of a kind on the call list; every question is answered with what the sentence says of scores."""
    words, _comma, score = said.partition(", and gives every score ")
    path = ""
    for language, text in in_both(kind):
        page = story.page(who, LIST, language)
        path = next(
            (ROW.search(each)[1] for each in rows_of(page) if text in unescape(each) and ROW.search(each)), ""
        )  # type: ignore[index]
        assert path, f"nobody is to be called about {text}: {Page(page).texts}"
    asked = re.findall(r'name="(score_\d+)"', story.page(who, path))
    assert bool(asked) == bool(score), f"{len(asked)} questions are asked"
    answer = story.browser(who).fill(path, {"summary": words, **dict.fromkeys(asked, score)})
    assert answer.status_code == 302, answer.text


@says("The {who} makes {times} times the call of the list about {kind}: {said}.")
def calls_often(story: Story, who: str, times: str, kind: str, said: str) -> None:
    for _time in range(int(times)):
        calls(story, who, kind, said)


def rows_of(page: str) -> list[str]:
    return re.findall(r"<tr.*?</tr>", page, re.DOTALL)


@says("The {who} reaches by telephone whom a message is for: {result}.")
def calls_for_messages(story: Story, who: str, result: str) -> None:
    """Everybody on the call list of the outbox: there is no gateway for short messages."""
    with story.company.session(story.branch) as session:
        waits = (Outgoing.channel == CALL_LIST, Outgoing.state == WAITING_TO_GO)
        waiting = session.scalars(select(Outgoing.id).where(*waits).order_by(Outgoing.id)).all()
    assert waiting, "no message waits for a call"
    for each in waiting:
        answer = story.browser(who).fill(f"/core/message/{each}/call", {"result": result})
        assert answer.status_code == 302, answer.text


@says("The {who} is to call nobody.")
def calls_nobody(story: Story, who: str) -> None:
    rows = [" ".join(Page(each).texts) for each in rows_of(story.page(who, LIST)) if ROW.search(each)]
    assert not rows, rows


@says("By {rule} calls are owed on {days}.")
def owed_on(story: Story, rule: str, days: str) -> None:
    assert owed(story, rule) == [] if days == "no day" else owed(story, rule) == days.split(", "), owed(
        story, rule
    )


def owed(story: Story, rule: str) -> list[str]:
    """The days of what a rule asks for and nobody has done; what rests in a pause is not asked for."""
    asked = select(Obligation.due_on).where(Obligation.rule == rule, Obligation.state == OPEN)
    asked = asked.where(Obligation.merged_into.is_(None), Obligation.paused_on.is_(None))
    with story.company.session(story.branch) as session:
        return [each.isoformat() for each in session.scalars(asked.order_by(Obligation.due_on))]
