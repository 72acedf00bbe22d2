"""The office of the department: claims, personnel proposals, documents and minutes, suggestions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Fact, Field
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration.checks import office as checks
from plugins.decoration.checks import posts
from plugins.decoration.models.office import Document, Expense, PersonnelProposal, Suggestion
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book.posts import EDUCATION, POSTS
from plugins.decoration.workflows import office as moves

MENU = _("Office of the department")
PERSON = "core.person"
KINDS = (
    (o.MINUTES, _("Minutes of a meeting")),
    (o.PAPER, _("Document")),
    (o.FORM, _("Template of a form")),
)
PROPOSALS_OF = (
    (o.APPOINT, _("Appointment")),
    (o.PROMOTE, _("Promotion")),
    (o.DISMISS, _("Removal from the post")),
    (o.PAY, _("Distribution of pay")),
    (o.TRAIN, _("Training of staff")),
)
OF_POST = tuple((each, _(label)) for each, label in POSTS)
OF_EDUCATION = tuple((each, _(label)) for each, label in EDUCATION)

EXPENSES = Entity(
    id=o.EXPENSE,
    model=Expense,
    label=_("Expense claim"),
    label_plural=_("Expense claims"),
    title="purpose",
    fields=(
        Field("claimed_on", _("Claimed on"), default=today, filterable=True, only_new=True),
        Field("claimant_id", _("Claimant"), target=PERSON, readonly=True, filterable=True),
        Field("purpose", _("Purpose"), sought_as="text"),
        Field("amount", _("Amount claimed")),
        state_field(moves.EXPENSES, _("State of the claim"), filterable=True),
        Field("decided_on", _("Signed or returned on"), readonly=True),
        Field("decided_by", _("Decided by"), target=PERSON, readonly=True),
        Field("paid_on", _("Paid out on"), readonly=True, filterable=True),
        Field("paid_by", _("Paid out by"), target=PERSON, readonly=True),
    ),
    list_columns=("claimed_on", "claimant_id", "purpose", "amount", "state", "paid_on"),
    search=("purpose",),
    order=("-claimed_on", "-id"),
    rights=("see", "add", "edit", "export"),
    extra_rights=(("pay", _("Pay claims out")), (o.SEE_ALL, _("See the claims of everybody"))),
    key_facts=("claimant_id", "amount", "claimed_on"),
    state="state",
    board="state",
    day="claimed_on",
    files=True,
    menu=MENU,
    icon="receipt",
    check=checks.check_expense,
    guard=checks.guard_decided,
    criteria=checks.own_or_all(o.EXPENSE, Expense.claimant_id),
)
PROPOSALS = Entity(
    id=o.PERSONNEL,
    model=PersonnelProposal,
    label=_("Personnel proposal"),
    label_plural=_("Personnel proposals"),
    title="employee",
    fields=(
        Field("proposed_on", _("Proposed on"), default=today, filterable=True, only_new=True),
        Field("employee", _("Employee"), sought_as="name"),
        Field("kind", _("What is proposed"), choices=PROPOSALS_OF, filterable=True),
        Field("present_post", _("Present post"), choices=OF_POST, help=_("Of a promotion: where it starts.")),
        Field("post", _("Post"), choices=OF_POST, filterable=True),
        Field("education", _("Education"), choices=OF_EDUCATION, help=_("Of who is to come to a post.")),
        Field("reason", _("Reason")),
        Field("proposed_by", _("Proposed by"), target=PERSON, readonly=True),
        state_field(moves.PROPOSALS, _("State of the proposal"), filterable=True),
        Field("decided_on", _("Decided on"), readonly=True),
        Field("decided_by", _("Decided by"), target=PERSON, readonly=True),
    ),
    list_columns=("proposed_on", "employee", "kind", "post", "state", "decided_on"),
    search=("employee",),
    order=("-proposed_on", "-id"),
    rights=("see", "add", "export"),
    key_facts=("employee", "kind", "post"),
    state="state",
    day="proposed_on",
    files=True,
    menu=MENU,
    icon="user-star",
    check=checks.check_proposal,
    guard=checks.guard_decided,
    facts=(Fact(Field("holders", _("Who hold the post"), kind="number"), posts.holders),),
)
DOCUMENTS = Entity(
    id=o.DOCUMENT,
    model=Document,
    label=_("Document of the department"),
    label_plural=_("Documents of the department"),
    title="title",
    fields=(
        Field("kind", _("Kind of document"), choices=KINDS, filterable=True),
        Field("title", _("Title of the document"), sought_as="text"),
        Field("day", _("Day of the meeting or document"), default=today, filterable=True),
        Field("attended", _("Attended by"), help=_("Of minutes: who was there.")),
        Field("text", _("Text of the document")),
        Field("author_id", _("Written by"), target=PERSON, readonly=True),
        state_field(moves.DOCUMENTS, _("State of the document"), filterable=True),
        Field("issued_to", _("Issued to"), readonly=True),
        Field("issued_on", _("Given out on"), readonly=True, filterable=True),
    ),
    list_columns=("day", "kind", "title", "author_id", "state", "issued_to", "issued_on"),
    search=("title",),
    order=("-day", "-id"),
    rights=("see", "add", "edit", "export", "print"),
    extra_rights=(("issue", _("Issue documents")),),
    actions=(Action("print", _("Print the document"), "OfficePapers.document", "print", icon="printer"),),
    key_facts=("kind", "day", "issued_to"),
    state="state",
    calendar="day",
    day="day",
    files=True,
    menu=MENU,
    icon="file-text",
    check=checks.check_document,
    guard=checks.guard_document,
)
SUGGESTIONS = Entity(
    id=o.SUGGESTION,
    model=Suggestion,
    label=_("Suggestion"),
    label_plural=_("Suggestions"),
    title="title",
    fields=(
        Field("title", _("About"), sought_as="text"),
        Field("says", _("What is suggested")),
        Field("made_on", _("Suggested on"), default=today, filterable=True, only_new=True),
        Field("made_by", _("Suggested by"), target=PERSON, readonly=True),
        state_field(moves.SUGGESTIONS, _("State of the suggestion"), filterable=True),
        Field("answer", _("Answer of the manager"), readonly=True),
        Field("answered_on", _("Answered on"), readonly=True),
        Field("answered_by", _("Answered by"), target=PERSON, readonly=True),
    ),
    list_columns=("made_on", "title", "made_by", "state", "answered_on"),
    search=("title",),
    order=("-made_on", "-id"),
    rights=("see", "add", "export"),
    extra_rights=(("answer", _("Answer suggestions")), (o.SEE_ALL, _("See the suggestions of everybody"))),
    key_facts=("made_by", "made_on"),
    state="state",
    day="made_on",
    menu=MENU,
    icon="bulb",
    check=checks.check_suggestion,
    criteria=checks.own_or_all(o.SUGGESTION, Suggestion.made_by),
)
ENTITIES = (EXPENSES, PROPOSALS, DOCUMENTS, SUGGESTIONS)
