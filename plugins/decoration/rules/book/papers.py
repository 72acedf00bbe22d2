"""What the paper says of claims, of personnel, of the department's documents, and of suggestions (DEC-W8)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Access, Approval, Check, Facts, Is, Refusal, Rule, Settings
from core.handbook.values import POSITION, YES_NO, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book.files import BY_RIGHT
from plugins.decoration.rules.book.saying import clause

CLAIMS = clause(
    "expenses", "一·2 6)权利C", N_("The manager looks through the department's expenses and signs them.")
)
PERSONNEL = clause(
    "personnel",
    "一·2 6)权利D",
    N_("Of appointments and dismissals in the department the manager may propose."),
)
ARCHIVE = clause("archive", "一·3(3)1)A", N_("The assistant stores and manages the department's archive."))
MEETINGS = clause("minutes", "一·3(3)1)B", N_("The assistant takes minutes, drafts and prints documents."))
FORMS = clause("forms", "一·3(3)1)C", N_("The assistant sorts, stores and issues forms and documents."))
SUGGESTED = clause("suggestions", "一·3(6)1)B", N_("Specialists and assistants may make suggestions."))
TESTS = "tests/plugins/decoration/test_office_papers.py::"


def owner(name: str, label: str) -> Setting:
    return Setting(name, POSITION, n.ASSISTANT, label, fixed=BY_RIGHT)


def minutes_are_written(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R56: minutes say who was there and what was said."""
    missing = tuple(each for each in ("attended", "text") if not facts[each])
    if not missing:
        return None
    return Refusal(N_("Minutes say who attended, and what was said. Write both down first."), {}, missing)


RULES: tuple[Rule, ...] = (
    Approval(
        "DEC-R48",
        CLAIMS,
        N_("An expense claim of the department is signed by %(expense_signer)s."),
        (Setting("expense_signer", POSITION, n.MANAGER, N_("Signs expense claims")),),
        entity=o.EXPENSE,
        transition="sign",
        decider="expense_signer",
        not_by=("claimant_id",),
        shown_by=(TESTS + "test_the_manager_signs_a_claim_or_returns_it_and_finance_pays",),
    ),
    Approval(
        "DEC-R49",
        PERSONNEL,
        N_("What the manager proposes of personnel is decided by %(personnel_decider)s."),
        (
            Setting(
                "personnel_decider", POSITION, n.GENERAL_MANAGER, N_("Decides on personnel"), inferred=True
            ),
        ),
        entity=o.PERSONNEL,
        transition="decide",
        decider="personnel_decider",
        not_by=("proposed_by",),
        shown_by=(TESTS + "test_the_general_manager_decides_what_the_manager_proposes",),
    ),
    Access(
        "DEC-R55",
        ARCHIVE,
        N_("The department's archive is kept by %(archive_owner)s."),
        (owner("archive_owner", N_("Keeps the archive")),),
        grants=tuple((n.ASSISTANT, o.DOCUMENT, each) for each in ("see", "add", "edit", "export")),
        only=((o.DOCUMENT, "add"), (o.DOCUMENT, "edit")),
        shown_by=(TESTS + "test_the_assistant_alone_keeps_and_issues_documents",),
    ),
    Check(
        "DEC-R56",
        MEETINGS,
        N_("Minutes, taken by %(minutes_owner)s, say who attended and what was said before they are issued."),
        (owner("minutes_owner", N_("Takes the minutes")),),
        entity=o.DOCUMENT,
        judge=minutes_are_written,
        moments=("issue",),
        where=(Is("kind", o.MINUTES),),
        shown_by=(TESTS + "test_minutes_are_issued_with_who_attended_and_what_was_said",),
    ),
    Access(
        "DEC-R57",
        FORMS,
        N_("Forms and documents are issued by %(forms_owner)s."),
        (owner("forms_owner", N_("Issues forms")),),
        grants=((n.ASSISTANT, o.DOCUMENT, "issue"),),
        only=((o.DOCUMENT, "issue"),),
        shown_by=(TESTS + "test_the_assistant_alone_keeps_and_issues_documents",),
    ),
    Access(
        "DEC-R84",
        SUGGESTED,
        N_("Specialists and assistants make suggestions (%(suggestion_box)s), and the manager answers."),
        (Setting("suggestion_box", YES_NO, True, N_("Suggestions are taken"), fixed=BY_RIGHT),),
        grants=(
            (n.SPECIALIST, o.SUGGESTION, "add"),
            (n.ASSISTANT, o.SUGGESTION, "add"),
            (n.MANAGER, o.SUGGESTION, "answer"),
        ),
        shown_by=(TESTS + "test_a_suggestion_is_answered_and_seen_by_who_made_it",),
    ),
)
