"""What the paper says of customers and their files."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Check, Deadline, Facts, Is, Notice, Refusal, Rule, Settings
from core.handbook.values import LIST, WORKDAYS, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules.book import files
from plugins.decoration.rules.book.files import BY_RIGHT, TO_MANAGER
from plugins.decoration.rules.book.saying import called, clause, picked, switch
from plugins.decoration.rules.names import (
    AFTER_SALE,
    CUSTOMER,
    IN_SALE,
    PRE_SALE,
    REFERRAL,
    STORE,
    UNDECIDED,
    VIP_PHASE,
)
from plugins.decoration.rules.names_callbacks import PROSPECT
from plugins.decoration.rules.names_customers import MERGED
from plugins.decoration.rules.names_design import ORDER_DEPOSIT_PAID

FOUR_PHASES = clause(
    "phases",
    "一·1(4)",
    N_("Customers are served in four phases: before, during and after the sale, and as VIPs."),
)
WALK_INS = clause(
    "walk-ins",
    "一·1(4)1)A",
    N_("Customers of the store who show intent are registered and called back."),
)
CLASSIFIED = clause(
    "classified", "一·1(4)3)B", N_("Customer data is filed by categories, so that it can be found again.")
)
NEW_FROM_OLD = clause(
    "new-from-old", "一·1(4)3)D；一·3(3)2)售后E", N_("Among existing customers new ones are looked for.")
)

HANDED_OVER = clause(
    "handed-over",
    "一·1(4)1)A",
    N_("Prospects whom field sales collected are registered promptly, then called."),
)
TO_DESIGN = clause(
    "to-design", "一·1(4)1)A", N_("Who needs a designer is referred to the design department.")
)
INTENT = clause(
    "intent",
    "一·1(4)1)D；一·3(3)2)售前D",
    N_("Whose call-back shows intent is contacted promptly, to learn what they think."),
)
DEPOSIT_LIST = clause(
    "deposit-list",
    "一·2(3)1)C",
    N_("Customers whose deposit was received are registered in the list of deposits."),
)
PHASES = (
    (PRE_SALE, N_("Before the sale")),
    (IN_SALE, N_("During the sale")),
    (AFTER_SALE, N_("After the sale")),
    (VIP_PHASE, N_("VIP service")),
)
_TESTS = "tests/plugins/decoration/test_customers.py::"
_DUTIES = "tests/plugins/decoration/test_customers_duties.py::"
_FILES = "tests/plugins/decoration/test_customers_files.py::"


def is_a_phase(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R01: the phase is one that the department serves in."""
    if facts["phase"] in settings["phases"]:
        return None
    return Refusal(N_("Choose one of the phases in which the department serves customers."), {}, ("phase",))


def is_on_the_call_back_list(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R03: whose intent showed at the store is registered with where it was, and called back."""
    sources = settings["store_sources"]
    if sources and facts["store_source"] not in sources:
        return Refusal(
            N_("Name the source at the store: one of %(store_sources)s."),
            {"store_sources": sources},
            ("store_source",),
        )
    if facts["call_back_on"] is None:
        return Refusal(
            N_("This customer of the store shows intent: enter the day of the call-back."),
            {},
            ("call_back_on",),
        )
    return None


def is_classified(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R15: the file has one of the branch's categories."""
    categories = settings["file_categories"]
    if categories is None or facts["data_category"] in categories:
        return None
    return Refusal(
        N_("File the customer under one of the categories: %(file_categories)s."),
        {"file_categories": categories},
        ("data_category",),
    )


def names_the_referrer(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R17: who came through a customer says through whom."""
    if not settings["referral_tracking"] or facts["referred_by_id"] is not None:
        return None
    return Refusal(N_("Ask who recommended the firm, and enter that customer."), {}, ("referred_by_id",))


def is_registered_with_its_amount(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R31: the list of deposits says how much was received."""
    if not settings["deposit_register"] or facts["deposit_amount"] is not None:
        return None
    return Refusal(
        N_("Enter how much the customer paid: the list of deposits says it."), {}, ("deposit_amount",)
    )


RULES: tuple[Rule, ...] = (
    Check(
        "DEC-R01",
        FOUR_PHASES,
        N_("Every customer is in one of the phases: %(phases)s."),
        (picked("phases", N_("Phases of service"), *PHASES),),
        entity=CUSTOMER,
        judge=is_a_phase,
        shown_by=(_TESTS + "test_every_customer_is_in_a_phase_of_the_department",),
    ),
    Deadline(
        "DEC-R02",
        HANDED_OVER,
        N_("A prospect of field sales is called within %(prospect_contact_days)s after the file was opened."),
        (Setting("prospect_contact_days", WORKDAYS, None, N_("Called within"), suggested=1),),
        entity=CUSTOMER,
        event=f"{CUSTOMER}.added",
        within="prospect_contact_days",
        owner=n.SPECIALIST,
        where=(Is("source", n.FIELD_SALES), Is("state", n.REGISTERED)),
        while_=(Is("state", n.REGISTERED),),
        closed_by=((f"{CUSTOMER}.{n.CONTACTED}", ""), *called(PROSPECT, "customer")),
        ladder=(TO_MANAGER,),
        title=N_("Call the new prospect"),
        shown_by=(_DUTIES + "test_a_prospect_of_field_sales_is_called_within_the_days_that_are_set",),
    ),
    Check(
        "DEC-R03",
        WALK_INS,
        N_("Whose intent shows at the store is registered and put on the call-back list."),
        (Setting("store_sources", LIST, (), N_("Sources at the store")),),
        entity=CUSTOMER,
        judge=is_on_the_call_back_list,
        where=(Is("source", STORE), Is("intent", True), Is("state", *UNDECIDED)),
        shown_by=(_TESTS + "test_a_customer_of_the_store_with_intent_is_called_back",),
    ),
    Notice(
        "DEC-R04",
        TO_DESIGN,
        N_("That a customer needs a designer is told to %(referral_team)s."),
        (
            Setting(
                "referral_team",
                LIST,
                (n.DESIGNER,),
                N_("Told to"),
                choices=((n.DESIGNER, N_("the design department")),),
                fixed=BY_RIGHT,
            ),
        ),
        event=c.DESIGNER_NEEDED,
        template="decoration.designer-needed",
        to=(n.DESIGNER,),
        where=(Is("state", *UNDECIDED),),
        shown_by=(_DUTIES + "test_who_needs_a_designer_is_told_to_the_design_department_once",),
    ),
    Deadline(
        "DEC-R08",
        INTENT,
        N_("Who shows intent is contacted within %(intent_followup_days)s, and met where needed."),
        (Setting("intent_followup_days", WORKDAYS, None, N_("Contacted within"), suggested=1),),
        entity=CUSTOMER,
        event=c.INTENT_SHOWN,
        within="intent_followup_days",
        owner=n.SPECIALIST,
        where=(Is("state", n.REGISTERED, n.CONTACTED),),
        while_=(Is("state", n.REGISTERED, n.CONTACTED),),
        closed_by=(
            (f"{CUSTOMER}.{n.BOOKED}", ""),
            (f"{CUSTOMER}.{n.REFERRED}", ""),
            *called(PROSPECT, "customer"),
        ),
        ladder=(TO_MANAGER,),
        title=N_("Contact the customer who shows intent"),
        shown_by=(_DUTIES + "test_who_shows_intent_is_contacted_within_the_days_that_are_set",),
    ),
    Check(
        "DEC-R15",
        CLASSIFIED,
        N_("Each file has one of the categories: %(file_categories)s."),
        (Setting("file_categories", LIST, None, N_("Categories of files")),),
        entity=CUSTOMER,
        judge=is_classified,
        shown_by=(_TESTS + "test_a_file_has_a_category_once_the_branch_names_some",),
    ),
    Check(
        "DEC-R17",
        NEW_FROM_OLD,
        N_("Who came through a customer is registered with that customer: %(referral_tracking)s."),
        (switch("referral_tracking", N_("Recommendations are followed")),),
        entity=CUSTOMER,
        judge=names_the_referrer,
        where=(Is("source", REFERRAL),),
        warns=True,
        shown_by=(_TESTS + "test_a_recommendation_without_its_customer_raises_a_doubt",),
    ),
    Check(
        "DEC-R31",
        DEPOSIT_LIST,
        N_("A deposit is registered with its amount: %(deposit_register)s."),
        (switch("deposit_register", N_("Deposits are registered")),),
        entity=CUSTOMER,
        judge=is_registered_with_its_amount,
        moments=("deposit",),
        shown_by=(_FILES + "test_a_deposit_is_registered_with_its_amount",),
    ),
    Deadline(
        "DEC-R31-B",
        DEPOSIT_LIST,
        N_(
            "Whose deposit on the order finance has confirmed, the manager registers in the list of deposits."
        ),
        entity=CUSTOMER,
        event=ORDER_DEPOSIT_PAID,
        at_once=True,
        owner=n.MANAGER,
        where=(Is("state", n.REGISTERED, *n.IN_TALKS, n.LOST),),
        while_=(Is("state", n.SIGNED, MERGED, but=True),),
        closed_by=((f"{CUSTOMER}.{n.PENDING}", ""),),
        title=N_("Register the deposit on the order"),
        shown_by=(
            "tests/plugins/decoration/test_design_fees.py::test_a_paid_order_deposit_stands_on_the_list_of_deposits",
        ),
    ),
    *files.RULES,
)
