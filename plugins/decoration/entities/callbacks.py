"""Call-backs with tries and scores, and the questionnaire that callers ask by."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Action, Due, Entity, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration import reach
from plugins.decoration.calls import closing
from plugins.decoration.checks import callbacks as checks
from plugins.decoration.models.callbacks import CallBack, CallScore, CallTry, Question, Questionnaire
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c
from plugins.decoration.rules.names_complaints import COMPLAINT, REPAIR
from plugins.decoration.rules.names_construction import ACCEPTANCE
from plugins.decoration.workflows.callbacks import CALL_BACKS as MOVES
from plugins.decoration.workflows.callbacks import QUESTIONNAIRES as VERSIONS

MENU = _("Call-backs")
KINDS = (
    (c.PROSPECT, _("Prospect")),
    (c.PENDING_SIGNATURE, _("Contract pending")),
    (c.CONSTRUCTION, _("Works going on")),
    (c.SATISFACTION, _("Satisfaction")),
    (c.WARRANTY, _("Warranty")),
    (c.LIFETIME, _("Tracking for life")),
    (c.COMPLAINT, _("After a complaint")),
    (c.REPAIR, _("After a repair")),
    (c.ACCEPTANCE, _("After an acceptance")),
    (c.VIP_CALL, _("VIP, by the manager")),
    (c.AD_HOC, _("Ad hoc")),
)
KIND_TONES = {c.COMPLAINT: "danger", c.VIP_CALL: "warning", c.PENDING_SIGNATURE: "warning"}
CHANNELS = (
    (c.TELEPHONE, _("Phone call")),
    (c.WECHAT, _("WeChat")),
    (c.VISIT, _("In person")),
    (c.SMS, _("Short message")),
)
OUTCOMES = (
    (c.NO_ANSWER, _("No answer")),
    (c.BUSY, _("Line busy")),
    (c.LATER, _("Asked to be called later")),
    (c.WRONG_NUMBER, _("Wrong or dead number")),
)
PASSED_TO = (
    ("design", _("Design department")),
    ("engineering", _("Engineering department")),
    ("materials", _("Materials department")),
    ("finance", _("Finance department")),
    ("sales", _("Sales department")),
    ("manager", _("Customer service manager")),
)
PERSONS = (
    (c.OF_DESIGNER, _("Designer")),
    (c.OF_CONSULTANT, _("Home consultant")),
    (c.OF_INSPECTOR, _("Site inspector")),
    (c.OF_CREW, _("Crew")),
    (c.OF_SERVICE, _("Customer service")),
    (c.OF_FIRM, _("The firm as a whole")),
)


def _planned() -> Sequence[ColumnElement[bool]]:
    return (CallBack.state == c.PLANNED,)


def _promised_by(person_id: int) -> Sequence[ColumnElement[bool]]:
    return [CallBack.person_id == person_id]


CALL_BACKS = Entity(
    id=c.CALL_BACK,
    model=CallBack,
    label=_("Call-back"),
    label_plural=_("Call-backs"),
    title="number",
    fields=(
        Field("number", _("Call-back number"), sought_as="number", readonly=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field(
            "kind", _("Kind of call-back"), choices=KINDS, tones=KIND_TONES, filterable=True, only_new=True
        ),
        Field("about", _("What to ask"), help=_("Whoever calls reads it first.")),
        Field("house_id", _("House"), target=n.HOUSE),
        Field("commission_id", _("Design commission"), target=n.COMMISSION),
        Field("site_id", _("Construction site"), target=n.SITE),
        Field("complaint_id", _("Complaint"), target=COMPLAINT, only_new=True),
        Field("repair_id", _("Repair order"), target=REPAIR, only_new=True),
        Field("acceptance_id", _("Stage acceptance"), target=ACCEPTANCE, only_new=True),
        state_field(MOVES, _("State of the call-back"), filterable=True),
        Field("due_on", _("Call on"), default=today, filterable=True, inline=True),
        Field(
            "person_id",
            _("To be called by"),
            target="core.person",
            filterable=True,
            help=_("Left empty, whoever works through the call list."),
        ),
        Field("tries", _("Tries so far"), readonly=True),
        Field("tried_on", _("Last tried on"), readonly=True),
        Field("done_on", _("Reached on"), readonly=True, filterable=True),
        Field("caller_id", _("Caller"), target="core.person", readonly=True, filterable=True),
        Field("channel", _("Reached by"), choices=CHANNELS, readonly=True, filterable=True),
        Field("summary", _("What was said"), readonly=True),
        Field("problems", _("Problems"), readonly=True),
        Field("passed_to", _("Passed on to"), choices=PASSED_TO, readonly=True, filterable=True),
        Field("follow_up", _("What follows"), readonly=True),
        Field("next_on", _("Call again on"), readonly=True),
        Field("rating", _("Rating"), readonly=True, help=_("From 1 to 5, 5 is the best.")),
        Field("lowest", _("Lowest score"), readonly=True, filterable=True),
        Field("satisfied", _("Content"), readonly=True, filterable=True),
        Field("called_off_why", _("Called off because"), readonly=True),
    ),
    list_columns=("number", "customer_id", "kind", "due_on", "state", "caller_id", "done_on", "lowest"),
    search=("number",),
    sections=(
        Section(
            _("Call-back"),
            ("number", "customer_id", "kind", "about", "state", "due_on", "person_id"),
        ),
        Section(
            _("What it is about"),
            ("house_id", "commission_id", "site_id", "complaint_id", "repair_id", "acceptance_id"),
        ),
        Section(
            _("The call"),
            (
                "done_on",
                "caller_id",
                "channel",
                "summary",
                "rating",
                "lowest",
                "satisfied",
                "tries",
                "tried_on",
                "called_off_why",
            ),
        ),
        Section(_("What follows"), ("problems", "passed_to", "follow_up", "next_on")),
    ),
    order=("-due_on", "-id"),
    rights=("see", "add", "edit", "export"),
    extra_rights=((c.CALL, _("Make call-backs")),),
    actions=(
        Action(
            "call",
            _("Call"),
            "DecorationCalls.planned",
            c.CALL,
            icon="phone",
            primary=True,
            shown=lambda record: record.state == c.PLANNED,
        ),
        Action(
            "list",
            _("Call-back list"),
            "DecorationCalls.list",
            c.CALL,
            icon="phone",
            on_list=True,
            primary=True,
        ),
    ),
    related=(Related(c.CALL_SCORE, "call_back_id"), Related(c.CALL_TRY, "call_back_id")),
    due=(Due(c.CALL_BACK, "due_on", _planned),),
    key_facts=("customer_id", "due_on", "lowest"),
    state="state",
    board="kind",
    calendar="due_on",
    day="due_on",
    files=True,
    menu=MENU,
    icon="phone",
    natural_key=("number",),
    check=checks.check_call_back,
    guard=checks.guard_call_back,
    afterwards=closing.written,
    criteria=reach.of_own_customers(CallBack),
    responsible=_promised_by,
)

TRIES = Entity(
    id=c.CALL_TRY,
    model=CallTry,
    label=_("Try of a call"),
    label_plural=_("Tries of calls"),
    title="tried_on",
    fields=(
        Field("call_back_id", _("Call-back"), target=c.CALL_BACK, readonly=True, filterable=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, readonly=True),
        Field("tried_on", _("Tried on"), readonly=True, filterable=True),
        Field("tried_by", _("Tried by"), target="core.person", readonly=True, filterable=True),
        Field("outcome", _("How it went"), choices=OUTCOMES, readonly=True, filterable=True),
        Field("again_on", _("To be tried again on"), readonly=True),
        Field("remark", _("Remark on the try"), readonly=True),
    ),
    list_columns=("tried_on", "customer_id", "outcome", "tried_by", "again_on", "remark"),
    order=("-id",),
    rights=("see", "export"),
    menu=MENU,
    in_menu=False,
    icon="phone-x",
    criteria=reach.of_own_customers(CallTry),
)

SCORES = Entity(
    id=c.CALL_SCORE,
    model=CallScore,
    label=_("Score of a customer"),
    label_plural=_("Scores of customers"),
    title="about",
    fields=(
        Field("call_back_id", _("Call-back"), target=c.CALL_BACK, readonly=True, filterable=True),
        Field("customer_id", _("Customer"), target=n.CUSTOMER, readonly=True, filterable=True),
        Field("about", _("About whom"), choices=PERSONS, readonly=True, filterable=True),
        Field("person_id", _("Person concerned"), target="core.person", readonly=True, filterable=True),
        Field("crew_id", _("Crew"), target=n.CREW, readonly=True, filterable=True),
        Field("question_id", _("Question"), target=c.QUESTION, readonly=True, filterable=True),
        Field("score", _("Score (1 to 5)"), readonly=True, filterable=True),
        Field("words", _("In the customer's words"), readonly=True),
        Field("given_on", _("Given on"), readonly=True, filterable=True),
    ),
    list_columns=(
        "given_on",
        "customer_id",
        "about",
        "person_id",
        "crew_id",
        "question_id",
        "score",
        "words",
    ),
    order=("-id",),
    rights=("see", "export"),
    calendar="given_on",
    board="about",
    menu=MENU,
    icon="star",
    criteria=reach.of_own_customers(CallScore),
)

QUESTIONNAIRES = Entity(
    id=c.QUESTIONNAIRE,
    model=Questionnaire,
    label=_("Questionnaire"),
    label_plural=_("Questionnaires"),
    title="name",
    fields=(
        Field("name", _("Name of the questionnaire"), sought_as="name"),
        Field("version", _("Version"), readonly=True),
        state_field(VERSIONS, _("State of the version"), filterable=True),
        Field("in_force_on", _("In force since"), readonly=True),
    ),
    list_columns=("name", "version", "state", "in_force_on"),
    search=("name",),
    order=("-version",),
    rights=("see", "add", "edit"),
    extra_rights=(("publish", _("Put questionnaires in force")),),
    actions=(
        Action(
            "copy",
            _("Write the next version"),
            "DecorationCalls.next_version",
            "add",
            icon="copy",
            method="POST",
            shown=lambda record: record.state != c.DRAFT,
        ),
    ),
    related=(Related(c.QUESTION, "questionnaire_id"),),
    state="state",
    menu=MENU,
    icon="list-check",
    natural_key=("version",),
    check=checks.check_questionnaire,
    guard=checks.guard_questionnaire,
    afterwards=closing.questionnaire_written,
)

QUESTIONS = Entity(
    id=c.QUESTION,
    model=Question,
    label=_("Question"),
    label_plural=_("Questions"),
    title="text",
    fields=(
        Field("questionnaire_id", _("Questionnaire"), target=c.QUESTIONNAIRE, filterable=True, only_new=True),
        Field("place", _("Order of the question"), required=False),
        Field("about", _("About whom"), choices=PERSONS, filterable=True),
        Field("text", _("Text of the question")),
        Field(
            "scored",
            _("Answered by a score"),
            help=_("From 1 to 5; otherwise the customer answers in words."),
        ),
    ),
    list_columns=("place", "about", "text", "scored", "questionnaire_id"),
    search=("text",),
    order=("questionnaire_id", "place"),
    rights=("see", "add", "edit", "delete"),
    menu=MENU,
    in_menu=False,
    icon="help-circle",
    check=checks.check_question,
    guard=checks.guard_question,
)

ENTITIES = (CALL_BACKS, SCORES, TRIES, QUESTIONNAIRES, QUESTIONS)
