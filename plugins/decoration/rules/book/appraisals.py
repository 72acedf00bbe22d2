"""What the paper says of watching over the work of others, and of appraising their service (DEC-E18)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Access, Cadence, Check, Facts, Refusal, Rule, Settings, Threshold
from core.handbook.values import MONTHS, PERCENT, YES_NO, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules import names_customers as u
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book.files import BY_RIGHT
from plugins.decoration.rules.book.office import NO_TARGET
from plugins.decoration.rules.book.saying import clause, picked

OVERSEEN = clause(
    "overseen",
    "一·2(3)2)B",
    N_("The manager keeps informed of the inspectors' and assistants' work and of the customer data."),
)
APPRAISED = clause(
    "appraised",
    "一·2(2)；一·2(3)2)D",
    N_("The manager appraises the service of designers, inspectors and crews, and feeds back."),
)
ROLES = (
    (o.OF_DESIGNER, N_("designers")),
    (o.OF_INSPECTOR, N_("site inspectors")),
    (o.OF_CREW, N_("crews")),
)
OF_WHOM = N_("Those whose service is appraised are %(appraised_roles)s.")
TESTS = "tests/plugins/decoration/test_office_appraisals.py::"


def is_appraised(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R38: the manager appraises those whose service customers meet on the design and on site."""
    if facts["role"] in settings["appraised_roles"]:
        return None
    return Refusal(OF_WHOM, {"appraised_roles": settings["appraised_roles"]}, ("role",))


RULES: tuple[Rule, ...] = (
    Access(
        "DEC-R36",
        OVERSEEN,
        N_(
            "The manager sees what inspectors and assistants do, and the data of all customers: "
            "%(supervision_view)s."
        ),
        (Setting("supervision_view", YES_NO, True, N_("The manager keeps informed"), fixed=BY_RIGHT),),
        grants=(
            (n.MANAGER, c.SITE_CHECK, "see"),
            (n.MANAGER, c.ACCEPTANCE, "see"),
            (n.MANAGER, "core.visit", "see"),
            (n.MANAGER, o.DOCUMENT, "see"),
            (n.MANAGER, u.COLLECTION, "see"),
            (n.MANAGER, n.CUSTOMER, "see"),
            (n.MANAGER, n.CUSTOMER, o.SEE_ALL),
        ),
        shown_by=(TESTS + "test_the_manager_sees_the_work_of_inspectors_and_assistants_and_others_do_not",),
    ),
    Threshold(
        "DEC-R38",
        APPRAISED,
        N_("Of those whose service was appraised, %(appraisal_target)s serve well or well enough."),
        (
            Setting(
                "appraisal_target",
                PERCENT,
                None,
                N_("Service well or well enough"),
                optional=True,
                inferred=True,
                unset=NO_TARGET,
            ),
        ),
        measure="decoration.service-appraised",
        target="appraisal_target",
        shown_by=(TESTS + "test_appraisals_are_counted_against_the_target_of_the_branch",),
    ),
    Cadence(
        "DEC-R38-B",
        APPRAISED,
        N_("Service is appraised every %(period)s."),
        (Setting("period", MONTHS, None, N_("Service appraised every"), low=1, suggested=3),),
        every="period",
        owner=n.MANAGER,
        title=N_("Appraise the service of designers, inspectors and crews"),
        shown_by=(TESTS + "test_appraisals_are_owed_once_a_branch_names_the_period",),
    ),
    Check(
        "DEC-R38-C",
        APPRAISED,
        OF_WHOM,
        (picked("appraised_roles", N_("Whose service is appraised"), *ROLES),),
        entity=o.APPRAISAL,
        judge=is_appraised,
        shown_by=(TESTS + "test_whom_the_branch_does_not_appraise_is_refused",),
    ),
)
