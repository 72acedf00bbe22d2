"""What the paper says of the works on site: hand-over, notices, acceptances, show flats, what follows completion."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Approval, Check, Deadline, Facts, Is, Notice, Refusal, Rule, Settings
from core.handbook.values import DAYS, LIST, POSITION, WORKDAYS, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.book.saying import called, clause, picked, switch
from plugins.decoration.rules.names_callbacks import ACCEPTANCE

HANDED_OVER = clause(
    "hand-over",
    "一·1(4)2)B",
    N_("The customer is told the exact time of entry, and the three parties hand over on site."),
)
ACCEPTED = clause(
    "acceptances",
    "一·1(4)2)C；一·3(3)2)售中E",
    N_(
        "The days of acceptances are known ahead; each is held with the customer, recorded, and called about."
    ),
)
CARD = clause("record-card", "一·1(4)3)A", N_("A finished decoration has its customer record card on file."))
SHOWN = clause("show-flat", "一·2(3)2)E", N_("The manager approves show flats."))
STARTED = clause(
    "start-notice",
    "一·3(3)2)售中A",
    N_("With the start-of-work notice the construction file is opened, and the call-backs are planned."),
)
SETTLED = clause(
    "settlement",
    "一·3(3)2)售中D",
    N_("Completed works are listed; materials and finance are told at once, to settle the final payment."),
)
COMPLETED = clause(
    "completion-notice",
    "一·3(3)2)售后C",
    N_("With the completion notice the engineering handbook is collected and looked through."),
)

CHECKPOINTS = (
    (n.MATERIALS, N_("First materials delivered")),
    (n.PLUMBING, N_("Plumbing and electrics")),
    (n.CARPENTRY, N_("Carpentry")),
    (n.MASONRY, N_("Masonry and tiling")),
    (n.PAINTING, N_("Painting")),
    (n.COMPLETION, N_("Completion of the works")),
)
PARTIES = (
    (c.DESIGN_SIDE, N_("Design department")),
    (c.ENGINEERING_SIDE, N_("Engineering department")),
    (c.CUSTOMER_SIDE, N_("Customer")),
)
ATTENDS = {
    c.DESIGN_SIDE: "designer_id",
    c.ENGINEERING_SIDE: "engineer_id",
    c.CUSTOMER_SIDE: "customer_head",
}
"""By party: the field with who was there for it."""
CALLS = "tests/plugins/decoration/test_calls_ending.py::"
STAGES = "tests/plugins/decoration/test_construction_stages.py::"
PAPERS = "tests/plugins/decoration/test_construction_papers.py::"


def is_attended_by_all(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R10: somebody was there for each party."""
    missing = tuple(each for each in settings["handover_parties"] if not facts[ATTENDS[each]])
    if not missing:
        return None
    return Refusal(
        N_("The hand-over is held by all parties (%(handover_parties)s). Enter who was there for each."),
        {"handover_parties": settings["handover_parties"]},
        tuple(ATTENDS[each] for each in missing),
    )


def has_its_papers(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R12: what was found is written down, and the customer was called about it."""
    if settings["acceptance_needs_record"] and not facts["record"]:
        return Refusal(N_("Write down what the acceptance found before it is closed."), {}, ("record",))
    if facts["call_needed"] and not facts["called_on"]:
        return Refusal(N_("Call the customer about the acceptance before it is closed."), {}, ("called_on",))
    return None


def follows_the_one_before(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R12, DEC-W3: the stage before has passed its acceptance."""
    if facts["stage_before"] is None:
        return None
    return Refusal(
        N_(
            "The stage before has not passed its acceptance. Hold it first, or begin this one early with a reason."
        ),
        {},
        ("stage",),
    )


def has_a_card(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R13: the customer record card is on file."""
    if not settings["record_card_required"] or facts["record_card_filed"]:
        return None
    return Refusal(N_("Fill in the customer record card of this site and file it first."))


def has_a_start_notice(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R62: where the file is opened by the notice, nothing starts without one."""
    if not settings["auto_create_file"] or facts["start_notice"]:
        return None
    return Refusal(N_("The works start when customer service has received the start-of-work notice."))


def is_looked_through(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R73: each part of the handbook was looked for, and what was found is written down."""
    if not settings["handbook_check"]:
        return None
    open_items = tuple(each for each in c.ITEMS if not facts[each])
    if open_items:
        return Refusal(N_("Look for every part of the handbook, and enter what you found."), {}, open_items)
    if not facts["findings"]:
        return Refusal(
            N_("Enter the findings; where there is nothing to say, that all is there."), {}, ("findings",)
        )
    return None


HAND_OVER_TOLD = Notice(
    "DEC-R10",
    HANDED_OVER,
    N_("The customer is told the day of entry and of the hand-over as soon as it is set."),
    event="decoration.handover.added",
    template="decoration.handover",
    address="customer.phone",
    channels=("sms", "call_list"),
    shown_by=(STAGES + "test_the_customer_is_told_the_day_of_entry_and_the_hand_over_needs_three_parties",),
)
ATTENDED = Check(
    "DEC-R10-B",
    HANDED_OVER,
    N_("A hand-over is attended by %(handover_parties)s."),
    (picked("handover_parties", N_("Parties of the hand-over"), *PARTIES),),
    entity=c.HANDOVER,
    judge=is_attended_by_all,
    moments=("hold",),
    shown_by=(STAGES + "test_the_customer_is_told_the_day_of_entry_and_the_hand_over_needs_three_parties",),
)
CALLED_TO_SITE = Notice(
    "DEC-R11",
    ACCEPTED,
    N_("The customer is called to the site for the acceptance of each checkpoint: %(checkpoints)s."),
    (
        Setting(
            "checkpoints",
            LIST,
            c.CHECKPOINTS,
            N_("Checkpoints, in the order of the works"),
            choices=CHECKPOINTS,
            read_by="plugins.decoration.works.opening:open_file",
        ),
    ),
    event="decoration.acceptance.notified",
    template="decoration.acceptance",
    address="customer.phone",
    channels=("sms", "call_list"),
    shown_by=(
        STAGES + "test_the_customer_is_called_to_the_site_before_each_acceptance",
        STAGES + "test_a_branch_orders_the_stages_its_own_way",
    ),
)
CALLED_IN_TIME = Deadline(
    "DEC-R11-B",
    ACCEPTED,
    N_("The customer is told of an acceptance %(notice_lead_days)s ahead."),
    (Setting("notice_lead_days", DAYS, None, N_("Told of acceptances ahead by"), suggested=2),),
    entity=c.ACCEPTANCE,
    event="decoration.acceptance.saved",
    where=(Is("state", c.ANNOUNCED),),
    before="notice_lead_days",
    owner=n.SPECIALIST,
    closed_by=(("decoration.acceptance.notified", ""),),
    roll="previous",
    title=N_("Tell the customer of the acceptance"),
    shown_by=(STAGES + "test_the_specialist_owes_the_notice_once_a_lead_is_set",),
)
CLOSED_WITH_PAPERS = Check(
    "DEC-R12",
    ACCEPTED,
    N_(
        "A checkpoint is closed with its record (%(acceptance_needs_record)s) and, where one is needed, the call-back."
    ),
    (switch("acceptance_needs_record", N_("A record is needed")),),
    entity=c.ACCEPTANCE,
    judge=has_its_papers,
    moments=("close",),
    shown_by=(STAGES + "test_a_checkpoint_is_closed_with_its_record_and_its_call_back",),
)
CALLED_AFTERWARDS = Deadline(
    "DEC-R12-C",
    ACCEPTED,
    N_("The customer is called about an acceptance that has passed: %(acceptance_needs_callback)s."),
    (switch("acceptance_needs_callback", N_("A call-back is needed")),),
    entity=c.ACCEPTANCE,
    event=f"{c.ACCEPTANCE}.{c.PASSED}",
    at_once=True,
    owner=n.SPECIALIST,
    closed_by=called(ACCEPTANCE, "acceptance"),
    switch="acceptance_needs_callback",
    while_=(Is("state", c.PASSED, c.CLOSED),),
    title=N_("Call about an acceptance"),
    shown_by=(CALLS + "test_a_passed_acceptance_is_called_about_and_closed_with_its_record",),
)
IN_TURN = Check(
    "DEC-R12-B",
    ACCEPTED,
    N_("A stage begins when the one before has passed its acceptance."),
    entity=c.STAGE,
    judge=follows_the_one_before,
    moments=("begin",),
    shown_by=(STAGES + "test_a_failed_stage_bars_the_next_until_it_is_inspected_again",),
)
CARD_ON_FILE = Check(
    "DEC-R13",
    CARD,
    N_("The customer record card is filed before a site is settled: %(record_card_required)s."),
    (switch("record_card_required", N_("A record card is needed")),),
    entity=n.SITE,
    judge=has_a_card,
    moments=("settle",),
    shown_by=(PAPERS + "test_a_site_is_settled_with_its_card_on_file_and_everything_paid",),
)
SHOW_FLAT_APPROVED = Approval(
    "DEC-R39",
    SHOWN,
    N_("A show flat is approved by %(show_flat_approver)s."),
    (Setting("show_flat_approver", POSITION, n.MANAGER, N_("Approves show flats")),),
    entity=c.SHOW_FLAT,
    transition="approve",
    decider="show_flat_approver",
    shown_by=(PAPERS + "test_the_manager_approves_a_show_flat_and_engineering_does_not",),
)
FILE_OPENED = Check(
    "DEC-R62",
    STARTED,
    N_("The start-of-work notice opens the construction file and starts the works: %(auto_create_file)s."),
    (switch("auto_create_file", N_("The file is opened by the notice")),),
    entity=n.SITE,
    judge=has_a_start_notice,
    moments=("start",),
    shown_by=(
        STAGES + "test_a_received_start_notice_opens_the_file_and_starts_the_works",
        STAGES + "test_without_the_notice_the_works_start_only_where_the_branch_says_so",
    ),
)
SETTLEMENT_TOLD = Notice(
    "DEC-R67",
    SETTLED,
    N_("Materials and finance are told of completed works, to settle the final payment."),
    event="decoration.settlement.told",
    template="decoration.settlement",
    to=(n.FINANCE,),
    shown_by=(PAPERS + "test_completed_works_are_listed_and_finance_is_told",),
)
TOLD_AT_ONCE = Deadline(
    "DEC-R67-B",
    SETTLED,
    N_("Completed works are told to materials and finance within %(settlement_notice_days)s."),
    (Setting("settlement_notice_days", WORKDAYS, None, N_("Told within"), suggested=1),),
    entity=c.SETTLEMENT,
    event="decoration.settlement.added",
    within="settlement_notice_days",
    owner=n.SPECIALIST,
    closed_by=(("decoration.settlement.told", ""),),
    title=N_("Tell materials and finance of the completed works"),
    shown_by=(PAPERS + "test_the_specialist_owes_the_settlement_notice_once_days_are_set",),
)
LOOKED_THROUGH = Check(
    "DEC-R73",
    COMPLETED,
    N_("The engineering handbook is collected and each part of it looked for: %(handbook_check)s."),
    (switch("handbook_check", N_("The handbook is looked through")),),
    entity=c.HANDBOOK,
    judge=is_looked_through,
    moments=("check",),
    shown_by=(PAPERS + "test_the_handbook_is_looked_through_part_by_part",),
)

RULES: tuple[Rule, ...] = (
    HAND_OVER_TOLD,
    ATTENDED,
    CALLED_TO_SITE,
    CALLED_IN_TIME,
    CLOSED_WITH_PAPERS,
    CALLED_AFTERWARDS,
    IN_TURN,
    CARD_ON_FILE,
    SHOW_FLAT_APPROVED,
    FILE_OPENED,
    SETTLEMENT_TOLD,
    TOLD_AT_ONCE,
    LOOKED_THROUGH,
)
