"""What a penalty slip (处罚单) has to state, whom it is about, who signs it; who writes and publishes the tariff."""
# zh-ok-file: the rule book's own name of the department

from __future__ import annotations

from datetime import date

from core.handbook.kinds import Access, Approval, Check, Clause, Facts, Refusal, Settings
from core.handbook.values import CHOICE, DATE, LIST, NUMBER, TEXT, YES_NO, Setting
from plugins.conduct.rules.names import (
    APPROVER,
    BYSTANDER,
    CONFIRM,
    DISMISSAL,
    DRAFTED,
    EFFECTIVE,
    GRANT,
    HEAD,
    ISSUE,
    MEASURE,
    N_,
    OFFENCE,
    PUBLISH,
    REFUSED,
    SIGN,
    SLIP,
    TARIFF,
    TARIFF_RULES,
)

TESTS = "tests/plugins/conduct/test_slip_rules.py"
WALK = "tests/plugins/conduct/test_walk.py"
DEPARTMENT = "客户服务部"
CALLED = ((DEPARTMENT, N_("Customer service department")),)
BY_RIGHT = N_("Rights are given and taken on the page of a position, for a branch or for the company.")
STATED = {"facts": "facts", "opinion": "opinion"}
SIGNATURE = "signature"


def has_evidence(facts: Facts, settings: Settings) -> Refusal | None:
    """Facts as basis, the tariff as yardstick, and a talk before the punishment."""
    if not facts["offence_id"]:
        return Refusal(N_("Name the item of the tariff that was offended against."), fields=("offence_id",))
    if settings["evidence_required"] and not facts["evidence"]:
        return Refusal(N_("Say what the evidence is; attach it to the slip."), fields=("evidence",))
    if settings["education_step"] and facts["educated_on"] is None:
        return Refusal(
            N_("Talk with the employee first, and enter when: education comes before punishment."),
            fields=("educated_on",),
        )
    return None


def is_in_department(facts: Facts, settings: Settings) -> Refusal | None:
    """The tariff binds the department's own staff, and nobody else."""
    if facts["employee.department"] == settings["scope_department"]:
        return None
    return Refusal(
        N_("The tariff is for the staff of %(scope_department)s; this employee belongs to %(department)s."),
        {"scope_department": settings["scope_department"], "department": facts["employee.department"]},
        ("employee_id",),
    )


def is_complete(facts: Facts, settings: Settings) -> Refusal | None:
    """Facts and opinion are stated before it is issued; it takes effect with a signature."""
    for name in settings["slip_required_fields"]:
        if name in STATED and not facts[name]:
            return Refusal(_MISSING[name], fields=(name,))
    handed_out = facts["state"] != DRAFTED
    if SIGNATURE in settings["slip_required_fields"] and handed_out and not is_signed(facts):
        return Refusal(N_("Nobody has signed the slip: neither the employee nor witnesses."))
    return None


def is_signed(facts: Facts) -> bool:
    return facts["signed_on"] is not None or facts["refused_on"] is not None


_MISSING = {
    "facts": N_("State the facts of the breach."),
    "opinion": N_("State the penalty opinion."),
}


def has_effective_slip(facts: Facts, settings: Settings) -> Refusal | None:
    """No penalty without a slip that is signed, or witnessed."""
    state = facts["slip.state"]
    if not settings["slip_before_penalty"] or state == EFFECTIVE:
        return None
    if state == REFUSED and facts["slip.bad_attitude"]:
        return None  # procedure 4: the company is asked at once
    return Refusal(
        N_("The slip comes before the penalty: it has to be signed by the employee, or by witnesses."),
        fields=("slip_id",),
    )


def is_serious(facts: Facts, settings: Settings) -> bool:
    """The third tier of item 13, for which the paper names the measure."""
    return bool(facts["slip.offence.rule"] == "GPN-R15" and facts["kind"] == settings["measure"])


GPN_R15 = Approval(
    "GPN-R15",
    Clause(
        "item-13-3", TARIFF_RULES, "13-3", N_("No check after gas was opened or installed; a serious case.")
    ),
    N_("The measure is %(measure)s; the company decides."),
    (
        Setting(
            "measure",
            CHOICE,
            DISMISSAL,
            N_("Kind of measure"),
            choices=((DISMISSAL, N_("Dismissal")),),
            by_two=True,
        ),
    ),
    entity=MEASURE,
    transition=GRANT,
    positions=(APPROVER,),
    needed=is_serious,
    not_by=("slip.subject_id",),
    shown_by=(f"{TESTS}::test_a_serious_case_is_decided_by_the_company",),
)
GPN_R17 = Check(
    "GPN-R17",
    Clause("principle", TARIFF_RULES, "14+", N_("Education first, punishment second; by facts and tariff.")),
    N_(
        "A slip names the item of the tariff. Evidence required: %(evidence_required)s; talk with the employee"
        " before: %(education_step)s."
    ),
    (
        Setting("evidence_required", YES_NO, True, N_("Evidence required")),
        Setting("education_step", YES_NO, True, N_("Talk with the employee first")),
    ),
    entity=SLIP,
    judge=has_evidence,
    moments=(ISSUE,),
    shown_by=(f"{TESTS}::test_a_slip_rests_on_evidence_and_on_an_item_of_the_tariff",),
)
GPN_R18 = Check(
    "GPN-R18",
    Clause("scope", TARIFF_RULES, "0", N_("The rules bind all staff of the department.")),
    N_("Whoever a slip is about belongs to %(scope_department)s."),
    (Setting("scope_department", TEXT, DEPARTMENT, N_("Department that the tariff binds"), called=CALLED),),
    entity=SLIP,
    judge=is_in_department,
    shown_by=(f"{TESTS}::test_a_slip_is_about_staff_of_the_department_only",),
)
GPN_R19 = Access(
    "GPN-R19",
    Clause("owner", TARIFF_RULES, "16", N_("The department interprets and amends these rules.")),
    N_("%(tariff_owner)s writes the tariff, and nobody else."),
    (Setting("tariff_owner", TEXT, DEPARTMENT, N_("Owner of the tariff"), called=CALLED, fixed=BY_RIGHT),),
    grants=tuple((HEAD, entity, action) for entity in (TARIFF, OFFENCE) for action in ("see", "add", "edit")),
    only=tuple((entity, action) for entity in (TARIFF, OFFENCE) for action in ("add", "edit")),
    shown_by=(f"{TESTS}::test_only_the_department_head_writes_the_tariff",),
)
GPN_R20 = Approval(
    "GPN-R20",
    Clause("signatures", TARIFF_RULES, "17", N_("The department head and the approver sign the rules.")),
    N_(
        "The department head puts a tariff forward with a signature, and the approver signs it. The first is in"
        " force from %(effective_date)s."
    ),
    (
        Setting(
            "effective_date",
            DATE,
            date(2013, 3, 14),
            N_("First tariff in force from"),
            fixed=N_("The first tariff was in force from this day; each later one names its own."),
        ),
    ),
    entity=TARIFF,
    transition=PUBLISH,
    positions=(APPROVER,),
    shown_by=(
        f"{TESTS}::test_a_tariff_takes_two_signatures",
        f"{WALK}::test_a_tariff_is_signed_by_two_people_and_stays",
    ),
)
HR_R01 = Check(
    "HR-R01",
    Clause(
        "slip-first", TARIFF_RULES, "15", N_("A slip is filled in and signed before anybody is penalised.")
    ),
    N_("A signed slip before every penalty: %(slip_before_penalty)s."),
    (Setting("slip_before_penalty", YES_NO, True, N_("Slip before penalty")),),
    entity=MEASURE,
    judge=has_effective_slip,
    shown_by=(f"{TESTS}::test_no_penalty_without_a_signed_slip",),
)
HR_R02 = Check(
    "HR-R02",
    Clause("slip", TARIFF_RULES, "15-3", N_("A slip states facts and opinion; employee or witnesses sign.")),
    N_("A slip has %(slip_required_fields)s."),
    (
        Setting(
            "slip_required_fields",
            LIST,
            ("facts", "opinion", SIGNATURE),
            N_("What a slip needs"),
            choices=(
                ("facts", N_("the facts")),
                ("opinion", N_("the opinion")),
                (SIGNATURE, N_("a signature")),
            ),
        ),
    ),
    entity=SLIP,
    judge=is_complete,
    moments=(ISSUE, SIGN, CONFIRM),
    shown_by=(f"{TESTS}::test_a_slip_states_facts_and_opinion",),
)
HR_R03 = Approval(
    "HR-R03",
    Clause(
        "witnesses", TARIFF_RULES, "15-3b", N_("If the employee refuses to sign, two or more witnesses do.")
    ),
    N_("A slip that is refused takes effect once %(min_witnesses)s witnesses have signed it."),
    (Setting("min_witnesses", NUMBER, 2, N_("Witnesses at least"), low=1, high=9),),
    entity=SLIP,
    transition=CONFIRM,
    positions=(BYSTANDER,),
    count="min_witnesses",
    not_by=("subject_id", "issued_by"),
    shown_by=(
        f"{TESTS}::test_a_refused_slip_needs_witnesses",
        f"{WALK}::test_a_refused_slip_takes_effect_with_two_witnesses",
    ),
)
SLIPS = (GPN_R15, GPN_R17, GPN_R18, GPN_R19, GPN_R20, HR_R01, HR_R02, HR_R03)
