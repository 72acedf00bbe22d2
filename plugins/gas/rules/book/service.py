"""Part 7 of the paper, serving customers in the hall (大厅三)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Rule
from core.handbook.values import Setting
from plugins.gas.rules.book.saying import OF_THE_LEADER, SERVICE, asked, clause, round_owed, switch

CENTRED = clause(
    "hall-3-1", "大厅三1", N_("The customer comes first: everybody is greeted and asked what is needed.")
)
ACTIVE = clause("hall-3-3", "大厅三3", N_("Clerks are active and smile, speak clearly and not too fast."))
COMPLAINTS = clause(
    "hall-3-7",
    "大厅三7",
    N_("A complaint is heard patiently, written down and explained, without a conflict."),
)
CROWD = clause("hall-3-8", "大厅三8", N_("When the hall is full, clerks keep order and guide customers."))
CASH = clause(
    "hall-3-9",
    "大厅三9",
    N_(
        "What is received and given back is called out; change, card and slip are handed over with both hands."
    ),
)
SPECIAL_HELP = clause(
    "hall-3-10", "大厅三10", N_("Who is frail or disabled is offered help and never mocked.")
)
ERRORS = clause(
    "hall-3-11",
    "大厅三11",
    N_("For a mistake the clerk apologises at once, puts it right and writes it down."),
)
PRAISE = clause("hall-3-12", "大厅三12", N_("For praise the clerk thanks modestly; it is written down."))


def service() -> Setting:
    return switch("service_checklist", N_("Service is looked at"))


RULES: tuple[Rule, ...] = (
    asked("GAS-R60", CENTRED, SERVICE, service()),
    round_owed(
        "GAS-R60-B",
        CENTRED,
        SERVICE,
        N_("The team leader looks at the service at the counter every week."),
        N_("Look at the service at the counter"),
        OF_THE_LEADER,
    ),
    asked("GAS-R61", ACTIVE, SERVICE, service()),
    asked(
        "GAS-R64", COMPLAINTS, SERVICE, switch("complaint_record_required", N_("Complaints are written down"))
    ),
    asked("GAS-R65", CROWD, SERVICE, service()),
    asked("GAS-R66", ERRORS, SERVICE, switch("error_log", N_("Mistakes are written down"))),
    asked("GAS-R67", PRAISE, SERVICE, switch("praise_log", N_("Praise is written down"))),
    asked("GAS-R68", CASH, SERVICE, service()),
    asked("GAS-R69", SPECIAL_HELP, SERVICE, switch("special_help_flag", N_("Special help is looked at"))),
)
