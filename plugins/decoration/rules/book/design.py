"""What the paper says of the design stage: appointments, deposits and fees, call-backs of the manager, conversion."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Cadence, Check, Deadline, Is, Notice, Rule, Threshold
from core.handbook.values import CHOICE, DAYS, LIST, PERCENT, WEEKS, YES_NO, Setting
from plugins.decoration.rules import meetings
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.book.saying import called, clause, switch
from plugins.decoration.rules.names_callbacks import PENDING_SIGNATURE, PROSPECT_BY_MANAGER

BOOKED = clause(
    "booked-ahead",
    "一·1(4)1)B；一·3(3)2)售前B",
    N_("Before each stage of the design the date is found out and the customer is booked in time."),
)
FEE_FIRST = clause(
    "fee-first",
    "一·1(4)1)C",
    N_("Before the rendering the customer is told to pay the design fee at finance."),
)
DEPOSIT_AT_DRAFT = clause(
    "deposit-at-draft",
    "一·3(3)2)售前C",
    N_("Once the initial draft is confirmed the customer is told to pay the design deposit at finance."),
)
REVIEWED = clause(
    "rendering-reviewed",
    "一·1(4)2)A",
    N_("Of each review of a rendering the customer is told exactly, and a record is kept of it."),
)
TARGETED_CALLS = clause(
    "targeted-calls",
    "一·2(3)1)B",
    N_("The manager calls prospects about firm and designer, and reports at the regular meeting."),
)
PENDING_CALLS = clause(
    "pending-calls",
    "一·2(3)1)D",
    N_("Who has paid a deposit and not signed is called in time, so that nobody is lost."),
)
PUBLISHED = clause(
    "designers-published",
    "一·2(3)3)C",
    N_("At the regular meeting each designer's negotiations, deposits and conversion are published."),
)
WELCOMED = clause(
    "welcome-next-day",
    "一·3(3)2)售中G",
    N_("On the day after the design was entrusted a short message says where questions may be put."),
)

STAGES = (
    (d.FIRST_MEETING, N_("First meeting")),
    (d.MEASURING, N_("Measuring")),
    (d.SKETCH, N_("Sketch presented")),
    (d.REFINED_PLAN, N_("Refined plan presented")),
)
FEE_GATES = (
    (d.BEFORE_RENDERING, N_("Before the rendering")),
    (d.BEFORE_PLAN_FIXED, N_("Before the plan is fixed")),
)
DEPOSIT_GATES = (
    (d.AT_DRAFT, N_("Initial draft confirmed")),
    (d.AT_REFINED, N_("Plan refined")),
)
FIGURES = (
    ("negotiations", N_("Negotiations held")),
    ("deposits", N_("Deposits taken")),
    ("conversion", N_("Conversion rate")),
)
TO_CUSTOMER = ("sms", "call_list")
_MEETINGS = "tests/plugins/decoration/test_design_appointments.py::"
_FEES = "tests/plugins/decoration/test_design_fees.py::"
_DUTIES = "tests/plugins/decoration/test_design_duties.py::"
_FIGURES = "tests/plugins/decoration/test_design_figures.py::"

BOOK_AHEAD = Notice(
    "DEC-R05",
    BOOKED,
    N_(
        "When one of these stages is announced, the specialists are told to book the customer: %(design_stages)s."
    ),
    (
        Setting(
            "design_stages",
            LIST,
            d.BOOKED_AHEAD,
            N_("Stages that are booked ahead"),
            choices=STAGES,
            read_by="plugins.decoration.appointments:is_booked_ahead",
        ),
    ),
    event=f"{d.APPOINTMENT}.added",
    template="decoration.book-customer",
    to=(n.SPECIALIST,),
    where=(Is("booked_ahead", True), Is("state", d.ASKED)),
    shown_by=(_MEETINGS + "test_specialists_are_told_of_a_stage_that_is_announced",),
)
BOOK_BY = Deadline(
    "DEC-R05-B",
    BOOKED,
    N_("The customer is booked %(booking_lead_days)s before the appointment."),
    (Setting("booking_lead_days", DAYS, None, N_("Booked ahead by"), suggested=2),),
    entity=d.APPOINTMENT,
    event=f"{d.APPOINTMENT}.added",
    before="booking_lead_days",
    owner=n.SPECIALIST,
    closed_by=((f"{d.APPOINTMENT}.{d.INVITED}", ""), (f"{d.APPOINTMENT}.{d.CONFIRMED}", "")),
    while_=(Is("state", d.ASKED),),
    where=(Is("state", d.ASKED),),
    roll="previous",
    title=N_("Book the customer"),
    shown_by=(_DUTIES + "test_the_customer_is_booked_so_many_days_ahead_once_a_branch_says_how_many",),
)
INVITED = Notice(
    "DEC-R05-C",
    BOOKED,
    N_("Who is invited by short message gets time and place of the appointment."),
    event=f"{d.APPOINTMENT}.{d.INVITED}",
    template="decoration.invitation",
    address="customer.phone",
    channels=TO_CUSTOMER,
    where=(Is("invited_through", d.SMS),),
    shown_by=(_MEETINGS + "test_the_customer_is_invited_with_time_and_place",),
)
NO_CLASH = Check(
    "DEC-R05-D",
    BOOKED,
    N_("Where the designer is booked twice for one time, a doubt is kept."),
    entity=d.APPOINTMENT,
    judge=meetings.designer_is_free,
    where=(Is("state", *d.AHEAD),),
    warns=True,
    shown_by=(_MEETINGS + "test_a_designer_who_is_booked_twice_raises_a_doubt",),
)
FEE_NOTICE = Notice(
    "DEC-R06",
    FEE_FIRST,
    N_("The customer is told to pay the design fee at finance."),
    event=f"{d.FEE}.{d.NOTIFIED}",
    template="decoration.fee-notice",
    address="customer.phone",
    channels=TO_CUSTOMER,
    where=(Is("kind", d.DESIGN_FEE), Is("notified_through", d.SMS)),
    shown_by=(_FEES + "test_the_customer_is_told_to_pay_the_fee_before_the_rendering",),
)
FEE_GATE = Check(
    "DEC-R06-B",
    FEE_FIRST,
    N_(
        "The design fee is due at this point: %(fee_gate_stage)s. Until it is paid the design does not go on: "
        "%(fee_gate_blocking)s."
    ),
    (
        Setting("fee_gate_blocking", YES_NO, True, N_("An unpaid design fee bars the design"), inferred=True),
        Setting("fee_gate_stage", CHOICE, d.BEFORE_RENDERING, N_("Where the gate stands"), choices=FEE_GATES),
    ),
    entity=n.COMMISSION,
    judge=meetings.fee_is_paid,
    moments=(d.REVIEW, d.FIX),
    shown_by=(_FEES + "test_no_rendering_before_the_design_fee_is_paid",),
)
DEPOSIT_NOTICE = Notice(
    "DEC-R07",
    DEPOSIT_AT_DRAFT,
    N_("The customer is told to pay the design deposit at finance, at this stage: %(deposit_gate_stage)s."),
    (
        Setting(
            "deposit_gate_stage",
            CHOICE,
            d.AT_DRAFT,
            N_("Where the design deposit is due"),
            choices=DEPOSIT_GATES,
            read_by="plugins.decoration.fees:deposit_is_due_at",
        ),
    ),
    event=f"{d.FEE}.{d.NOTIFIED}",
    template="decoration.deposit-notice",
    address="customer.phone",
    channels=TO_CUSTOMER,
    where=(Is("kind", d.DESIGN_DEPOSIT), Is("notified_through", d.SMS)),
    shown_by=(_FEES + "test_the_customer_is_told_to_pay_the_deposit_once_the_draft_is_confirmed",),
)
REVIEW_RECORDED = Check(
    "DEC-R09",
    REVIEWED,
    N_("Every review of a rendering has a record: %(review_record_required)s."),
    (switch("review_record_required", N_("Reviews have to be recorded")),),
    entity=d.APPOINTMENT,
    judge=meetings.has_review_record,
    moments=(d.HOLD,),
    where=(Is("stage", d.RENDERING),),
    shown_by=(_MEETINGS + "test_every_review_of_a_rendering_is_recorded",),
)
REVIEW_ANNOUNCED = Check(
    "DEC-R09-B",
    REVIEWED,
    N_("The customer is told exactly when and where the rendering is reviewed."),
    entity=d.APPOINTMENT,
    judge=meetings.says_where,
    moments=(d.INVITE,),
    where=(Is("stage", d.RENDERING),),
    shown_by=(_MEETINGS + "test_the_customer_is_told_where_the_rendering_is_reviewed",),
)
REVIEW_HELD = Check(
    "DEC-R09-C",
    REVIEWED,
    N_("A rendering counts as reviewed once designer and customer have met over it."),
    entity=n.COMMISSION,
    judge=meetings.review_was_held,
    moments=(d.REVIEW,),
    shown_by=(_FEES + "test_a_rendering_is_reviewed_when_the_meeting_was_held",),
)
WELCOME = Deadline(
    "DEC-R69",
    WELCOMED,
    N_(
        "The customer is welcomed %(welcome_sms_offset_days)s after the design was entrusted, also on a day off."
    ),
    (Setting("welcome_sms_offset_days", DAYS, 1, N_("Welcomed after")),),
    entity=n.COMMISSION,
    event=f"{n.COMMISSION}.added",
    within="welcome_sms_offset_days",
    owner=n.SPECIALIST,
    closed_by=((f"{n.COMMISSION}.{n.WELCOMED}", ""),),
    while_=(Is("state", n.ENTRUSTED),),
    roll="none",
    title=N_("Welcome the customer whose design was entrusted"),
    shown_by=(
        _DUTIES + "test_the_welcome_is_due_on_the_next_day_be_it_a_day_off",
        _DUTIES + "test_who_was_welcomed_by_hand_is_not_told_again",
    ),
)
WELCOME_SENT = Notice(
    "DEC-R69-B",
    WELCOMED,
    N_("On that day the message goes out: questions may be put to customer service at any time."),
    event=f"{n.COMMISSION}.DEC-R69-due",
    template="decoration.welcome",
    address="customer.phone",
    channels=TO_CUSTOMER,
    where=(Is("state", n.ENTRUSTED),),
    shown_by=(_DUTIES + "test_the_welcome_goes_out_and_the_design_moves_on",),
)

RULES: tuple[Rule, ...] = (
    BOOK_AHEAD,
    BOOK_BY,
    INVITED,
    NO_CLASH,
    FEE_NOTICE,
    FEE_GATE,
    DEPOSIT_NOTICE,
    REVIEW_RECORDED,
    REVIEW_ANNOUNCED,
    REVIEW_HELD,
    Cadence(
        "DEC-R30",
        TARGETED_CALLS,
        N_(
            "Every %(regular_meeting_interval)s the manager calls prospects about firm and designers, and reports it."
        ),
        (Setting("regular_meeting_interval", WEEKS, None, N_("Regular meeting every"), suggested=1),),
        every="regular_meeting_interval",
        owner=n.MANAGER,
        closed_by=((PROSPECT_BY_MANAGER, ""),),
        title=N_("Call prospects about firm and designer, and report at the regular meeting"),
        shown_by=(_DUTIES + "test_the_manager_reports_at_each_regular_meeting_once_its_interval_is_set",),
    ),
    Cadence(
        "DEC-R32",
        PENDING_CALLS,
        N_("Who has paid a deposit and not signed is called every %(pending_callback_days)s."),
        (Setting("pending_callback_days", DAYS, None, N_("Called every"), suggested=7),),
        entity=n.CUSTOMER,
        every="pending_callback_days",
        anchor="deposit_on",
        until="decided_on",
        owner=n.MANAGER,
        closed_by=called(PENDING_SIGNATURE, "customer"),
        where=(Is("state", n.PENDING),),
        title=N_("Call the customer who has paid a deposit and not signed"),
        shown_by=(_DUTIES + "test_who_has_paid_and_not_signed_is_called_until_it_is_decided",),
    ),
    Threshold(
        "DEC-R42",
        PUBLISHED,
        N_(
            "Of each designer are published: %(designer_stats)s; the conversion aimed at is %(conversion_target)s."
        ),
        (
            Setting(
                "designer_stats",
                LIST,
                tuple(key for key, _label in FIGURES),
                N_("Figures that are published"),
                choices=FIGURES,
                read_by="plugins.decoration.designers:published",
            ),
            Setting(
                "conversion_target",
                PERCENT,
                None,
                N_("Conversion aimed at"),
                optional=True,
                inferred=True,
                unset=N_(
                    "The paper names no target: until somebody sets one, the figure is published without."
                ),
            ),
        ),
        measure="decoration.conversion",
        target="conversion_target",
        shown_by=(
            _FIGURES + "test_conversion_is_deposits_of_negotiations",
            _FIGURES + "test_each_designer_has_figures_with_the_list_behind_them",
        ),
    ),
    WELCOME,
    WELCOME_SENT,
)
