"""What follows from a slip: final measures by the company, and what is kept back of wages."""
# zh-ok-file: the rule book's own name of the fund

from __future__ import annotations

from decimal import Decimal

from core.handbook.kinds import Amount, Approval, Clause, Deadline, Facts, Settings
from core.handbook.values import DAY_OF_MONTH, LIST, MONEY, PERCENT, TEXT, YES_NO, Setting
from plugins.conduct.rules.figures import deducted, nothing_kept_back
from plugins.conduct.rules.ladder import TO_APPROVER
from plugins.conduct.rules.names import (
    APPROVER,
    DEDUCTION,
    DISMISSAL,
    FINAL_WARNING,
    FINE,
    GRANT,
    MEASURE,
    N_,
    PERSONNEL,
    SERVICE_RULES,
    TARIFF_RULES,
    URGED_RESIGNATION,
    WARNING,
)

TESTS = "tests/plugins/conduct/test_effects.py"
REFUSALS = "tests/plugins/conduct/test_refusals.py"
KEPT_BACK = f"{REFUSALS}::test_what_is_kept_back_of_wages_is_kept_explained_and_worked_out_again"
BY_DEPARTMENT = 2
FUND = "售后服务部基金"
"""So many steps of the ladder are the department's own; what follows them is the company's."""
STEPS = (
    (WARNING, N_("Warning")),
    (FINE, N_("Penalty")),
    (URGED_RESIGNATION, N_("Urged resignation")),
    (DISMISSAL, N_("Dismissal from the company")),
)


def is_final(facts: Facts, settings: Settings) -> bool:
    """Refused with a bad attitude although there is evidence: the company is asked for a final measure."""
    refused = facts["slip.refused_on"] is not None and facts["slip.bad_attitude"]
    return bool(refused and facts["slip.evidence"] and facts["kind"] in settings["final_measures"])


def is_high(facts: Facts, settings: Settings) -> bool:
    """A step of the ladder that is beyond the department."""
    return facts["kind"] in settings["measure_ladder"][BY_DEPARTMENT:]


HR_R04 = Approval(
    "HR-R04",
    Clause("final", TARIFF_RULES, "15-4", N_("The company is asked for a final warning or dismissal.")),
    N_(
        "Refused with a bad attitude: the department asks the company for %(final_measures)s. The compensation is"
        " %(compensation)s."
    ),
    (
        Setting(
            "final_measures",
            LIST,
            (FINAL_WARNING, DISMISSAL),
            N_("Final measures"),
            choices=((FINAL_WARNING, N_("Final warning")), (DISMISSAL, N_("Dismissal by contract"))),
            by_two=True,
        ),
        Setting(
            "compensation",
            MONEY,
            Decimal(0),
            N_("Compensation"),
            low=Decimal(0),
            fixed=N_(
                "The paper excludes it. What is owed at the end of a contract is the law's matter, not worked out here."
            ),
        ),
    ),
    entity=MEASURE,
    transition=GRANT,
    positions=(APPROVER,),
    needed=is_final,
    not_by=("slip.subject_id",),
    shown_by=(f"{TESTS}::test_the_company_decides_on_final_measures",),
)
HR_R05 = Deadline(
    "HR-R05",
    Clause("same-month", SERVICE_RULES, "七7", N_("A fine is kept back of the same month's wages.")),
    N_("What is kept back is booked by %(deduct_month)s of the month in which the fine took effect."),
    (Setting("deduct_month", DAY_OF_MONTH, 31, N_("Booked by this day of the month")),),
    entity=DEDUCTION,
    event=f"{DEDUCTION}.added",
    by="deduct_month",
    owner=PERSONNEL,
    ladder=TO_APPROVER,
    closed_by=((f"{DEDUCTION}.booked", ""),),
    roll="none",
    title=N_("Book a deduction from wages"),
    shown_by=(f"{TESTS}::test_a_deduction_is_booked_in_the_same_month", KEPT_BACK),
)
HR_R06 = Amount(
    "HR-R06",
    Clause("fund", SERVICE_RULES, "七8", N_("Fines go to the department's fund.")),
    N_(
        "Fines kept back of wages: %(deduct)s. At most %(most_share)s of the month's wage, never leaving less than"
        " the local minimum wage (%(minimum_wage)s); it goes to the fund: %(fund)s."
    ),
    (
        Setting(
            "fund",
            TEXT,
            FUND,
            N_("Fund"),
            called=((FUND, N_("After-sales department's fund")),),
            read_by="plugins.conduct.checks:check_deduction",
        ),
        Setting("deduct", YES_NO, False, N_("Keep fines back of wages"), by_two=True),
        Setting(
            "most_share",
            PERCENT,
            Decimal(20),
            N_("Most of a month's wage"),
            low=Decimal(0),
            high=Decimal(20),
            by_two=True,
        ),
        Setting("minimum_wage", MONEY, None, N_("Local minimum wage"), low=Decimal(0)),
    ),
    entity=DEDUCTION,
    figure=deducted,
    refuses=nothing_kept_back,
    shown_by=(
        f"{TESTS}::test_nothing_is_kept_back_of_wages_unless_it_is_switched_on",
        f"{TESTS}::test_what_is_kept_back_is_capped",
        KEPT_BACK,
    ),
)
HR_R07 = Approval(
    "HR-R07",
    Clause("ladder", SERVICE_RULES, "三11", N_("Warning, penalty, urged resignation, dismissal, in turn.")),
    N_("The measures are %(measure_ladder)s, in this order; from the third on the company decides."),
    (
        Setting(
            "measure_ladder",
            LIST,
            tuple(step for step, _label in STEPS),
            N_("Ladder of measures"),
            choices=STEPS,
            by_two=True,
        ),
    ),
    entity=MEASURE,
    transition=GRANT,
    positions=(APPROVER,),
    needed=is_high,
    not_by=("slip.subject_id",),
    shown_by=(f"{TESTS}::test_the_upper_steps_of_the_ladder_are_the_companys",),
)
EFFECTS = (HR_R04, HR_R05, HR_R06, HR_R07)
