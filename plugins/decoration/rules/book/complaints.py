"""What the paper says of complaints and repairs."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Check, Deadline, Facts, Is, Notice, Refusal, Rule, Settings, Step, Threshold
from core.handbook.values import CLOCK_HOURS, DAYS, NUMBER, TEXT, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.rules.book.complaints_penalties import RULES as PENALTIES
from plugins.decoration.rules.book.complaints_repairs import RULES as REPAIRS
from plugins.decoration.rules.book.saying import called, clause, picked, switch
from plugins.decoration.rules.names_callbacks import COMPLAINT

BY_THE_FLOW = clause(
    "complaints-flow",
    "一·1(4)3)C；一·3(3)2)售后D",
    N_(
        "Complaints and repairs are settled by the company's flow without delay, and the customer is called back."
    ),
)
RESPONSIBILITY = clause(
    "responsibility",
    "一·2(3)2)A",
    N_("The manager says who is responsible, coordinates the departments and gives a handling opinion."),
)
RECURRING = clause(
    "recurring-problems",
    "一·2(2)；一·2(3)2)C",
    N_("Common and special problems are solved together; the general manager is told with a suggestion."),
)
RATED = clause(
    "ratings", "一·2(3)3)B", N_("What customers say of the service enters the appraisal of those concerned.")
)
ANSWERED = clause(
    "complaints-answered",
    "一·3(3)1)E",
    N_(
        "The assistant records complaints truthfully, reports them, answers within 24 hours and follows them up."
    ),
)
LINKED = clause(
    "departments-linked",
    "一·3(3)2)售中B",
    N_("The specialist links engineering, design and the others in time."),
)
SUPERVISED = clause(
    "complaints-verified",
    "一·3(3)2)售中F",
    N_("The specialist follows what becomes of a complaint and vouches that the result is genuine."),
)
ANSWERS_FOR = clause(
    "batches", "一·3(6)2)A–D", N_("Specialist and assistant answer for complaints that come in batches.")
)

DEPARTMENTS = (
    (c.OF_ENGINEERING, N_("Engineering department")),
    (c.OF_DESIGN, N_("Design department")),
    (c.OF_SALES, N_("Sales department")),
    (c.OF_FINANCE, N_("Finance and materials")),
)
HEADS = {
    c.OF_ENGINEERING: n.ENGINEERING,
    c.OF_DESIGN: n.DESIGNER,
    c.OF_SALES: n.SALES,
    c.OF_FINANCE: n.FINANCE,
}
FLOW = "DEC-W4"
FIXED_FLOW = N_(
    "Its chart is not in the paper; the moves of a complaint stand in the drawing of how it moves."
)
_TESTS = "tests/plugins/decoration/test_complaints.py::"
_CALLS = "tests/plugins/decoration/test_calls_ending.py::"


def is_called_back(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R16: nothing is closed before the customer was called back."""
    if facts["call_back_said"]:
        return None
    return Refusal(N_("Call the customer back first."), fields=("call_back_said",))


def names_the_responsible(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R35: an upheld complaint names a person or a crew, and every one has a handling opinion."""
    if not settings["responsible_person_required"]:
        return None
    if facts["justified"] and facts["responsible_id"] is None and facts["crew_id"] is None:
        return Refusal(N_("Name the person or the crew that is responsible."), fields=("responsible_id",))
    if not facts["opinion"]:
        return Refusal(N_("Give the handling opinion."), fields=("opinion",))
    return None


def enters_an_appraisal(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R41: a rating without anybody it is about would enter nobody's appraisal."""
    rated = settings["link_rating_to_appraisal"] and facts["rating"] is not None
    if not rated or facts["responsible_id"] is not None or facts["crew_id"] is not None:
        return None
    if facts["handler_id"] is not None:
        return None
    return Refusal(
        N_("Say whose service the customer rated: who was responsible, or who handled it."),
        fields=("responsible_id",),
    )


def is_genuine(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R68: the result is shown to be genuine."""
    if not settings["verification_required"] or facts["proof"]:
        return None
    return Refusal(N_("Say what shows that the result is genuine."), fields=("proof",))


TO_MANAGER = Step(
    Setting(
        "raised_to_manager",
        DAYS,
        1,
        N_("Goes up to the manager when late by"),
        low=1,
        optional=True,
        inferred=True,
    ),
    n.MANAGER,
)


def _linked() -> tuple[Notice, ...]:
    """DEC-R64: who was named is told; where nobody was, those of the department are."""
    departments = picked("counterpart_departments", N_("Departments that take part"), *DEPARTMENTS)
    named = Setting(
        departments.name,
        departments.kind,
        departments.default,
        departments.label,
        choices=departments.choices,
        read_by="plugins.decoration.checks.complaints:check_involved",
    )
    shown = (
        _TESTS + "test_those_who_take_part_are_told_and_nobody_else",
        _TESTS + "test_departments_that_are_not_named_take_no_part",
    )
    told = [
        Notice(
            "DEC-R64",
            LINKED,
            N_(
                "Who is to take part in handling a complaint is told; these departments: %(counterpart_departments)s."
            ),
            (named,),
            event=f"{c.INVOLVED}.added",
            template="decoration.complaint-involved",
            person="person_id",
            channels=("in_app",),
            where=(Is("person_id"),),
            shown_by=shown,
        )
    ]
    for letter, (department, head) in zip("BCDE", HEADS.items(), strict=True):
        told.append(
            Notice(
                f"DEC-R64-{letter}",
                LINKED,
                N_("Where nobody of the department is named, all of it are told."),
                event=f"{c.INVOLVED}.added",
                template="decoration.complaint-involved",
                to=(head,),
                where=(Is("person_id", but=True), Is("department", department)),
                shown_by=shown,
            )
        )
    return tuple(told)


RULES: tuple[Rule, ...] = (
    Check(
        "DEC-R16",
        BY_THE_FLOW,
        N_("A complaint goes through the moves of %(complaint_flow)s and ends with a call-back."),
        (Setting("complaint_flow", TEXT, FLOW, N_("Flow of complaints"), fixed=FIXED_FLOW),),
        entity=c.COMPLAINT,
        judge=is_called_back,
        moments=("close",),
        shown_by=(_TESTS + "test_a_complaint_goes_through_its_flow_and_ends_with_a_call_back",),
    ),
    Deadline(
        "DEC-R16-C",
        BY_THE_FLOW,
        N_("Once the result of a complaint is verified, the customer is called back."),
        entity=c.COMPLAINT,
        event=f"{c.COMPLAINT}.{c.VERIFIED}",
        at_once=True,
        owner=n.SPECIALIST,
        closed_by=called(COMPLAINT, "complaint"),
        while_=(Is("state", c.VERIFIED, c.CLOSED),),
        title=N_("Call back after a complaint"),
        shown_by=(_CALLS + "test_a_verified_complaint_is_called_back_and_closed_with_the_call",),
    ),
    Check(
        "DEC-R35",
        RESPONSIBILITY,
        N_("Responsibility is fixed with a person or crew and an opinion: %(responsible_person_required)s."),
        (switch("responsible_person_required", N_("Somebody responsible is named")),),
        entity=c.COMPLAINT,
        judge=names_the_responsible,
        moments=("assign",),
        shown_by=(_TESTS + "test_an_upheld_complaint_names_who_is_responsible",),
    ),
    Notice(
        "DEC-R37",
        RECURRING,
        N_(
            "The general manager, engineering and the manager are told of a problem that is common or special, or"
            " that came this often in a month: %(recurring_problem_threshold)s."
        ),
        (
            Setting(
                "recurring_problem_threshold",
                NUMBER,
                None,
                N_("Recurs from"),
                low=2,
                optional=True,
                unset=N_("Until somebody sets it nothing is counted: told is what a person marks as such."),
                read_by="plugins.decoration.repeats:tell_recurring",
            ),
        ),
        event=f"{c.COMPLAINT}.recurring",
        template="decoration.complaint-recurring",
        to=(n.GENERAL_MANAGER, n.ENGINEERING, n.MANAGER),
        channels=("in_app",),
        shown_by=(_TESTS + "test_a_problem_that_recurs_is_told_to_the_general_manager",),
    ),
    Check(
        "DEC-R41",
        RATED,
        N_("A rating by the customer says whose service it is about: %(link_rating_to_appraisal)s."),
        (switch("link_rating_to_appraisal", N_("Ratings enter the appraisal")),),
        entity=c.COMPLAINT,
        judge=enters_an_appraisal,
        moments=("close",),
        shown_by=(_TESTS + "test_a_rating_says_whose_service_it_is_about",),
    ),
    Deadline(
        "DEC-R59",
        ANSWERED,
        N_("A complaint is answered within %(complaint_response_hours)s."),
        (
            Setting(
                "complaint_response_hours",
                CLOCK_HOURS,
                24,
                N_("Answered within"),
                low=1,
            ),
        ),
        entity=c.COMPLAINT,
        event=f"{c.COMPLAINT}.added",
        within="complaint_response_hours",
        owner=n.ASSISTANT,
        closed_by=((f"{c.COMPLAINT}.{c.RESPONDED}", ""),),
        while_=(Is("state", *c.UNANSWERED),),
        ladder=(TO_MANAGER,),
        roll="none",
        title=N_("Answer the complaint"),
        shown_by=(
            _TESTS + "test_a_complaint_is_to_be_answered_24_hours_after_it_came",
            _TESTS + "test_the_answer_ends_what_is_owed",
        ),
    ),
    Notice(
        "DEC-R59-B",
        ANSWERED,
        N_("The manager is told of every complaint at once."),
        event=f"{c.COMPLAINT}.added",
        template="decoration.complaint-received",
        to=(n.MANAGER,),
        channels=("in_app",),
        shown_by=(_TESTS + "test_the_manager_is_told_of_a_complaint_at_once",),
    ),
    *_linked(),
    Check(
        "DEC-R68",
        SUPERVISED,
        N_("A result is verified with what shows that it is genuine: %(verification_required)s."),
        (switch("verification_required", N_("Results are verified")),),
        entity=c.COMPLAINT,
        judge=is_genuine,
        moments=("verify", "close"),
        shown_by=(_TESTS + "test_a_result_is_verified_by_what_shows_it",),
    ),
    Threshold(
        "DEC-R87",
        ANSWERS_FOR,
        N_("At most %(batch_threshold)s customers complain of one kind in a month; more are a batch."),
        (Setting("batch_threshold", NUMBER, None, N_("Customers at most"), low=1),),
        measure="decoration.batch-complaints",
        target="batch_threshold",
        at_most=True,
        shown_by=(_TESTS + "test_what_many_customers_complain_of_is_a_batch",),
    ),
    *REPAIRS,
    *PENALTIES,
)
