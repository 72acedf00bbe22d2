"""What the paper says of VIPs and key accounts."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from core.data.marks import N_
from core.handbook.kinds import (
    Access,
    Amount,
    Cadence,
    Check,
    Facts,
    Is,
    Refusal,
    Rule,
    Settings,
    Span,
)
from core.handbook.values import CHOICE, DAYS, PERCENT, WORKDAYS, Setting
from plugins.decoration.rules.book.saying import clause, picked, switch
from plugins.decoration.rules.names import MANAGER, VIP_KEEPER
from plugins.decoration.rules.names_care import (
    AREA_VISIT,
    CHANNEL,
    DESK,
    ELECTRONIC,
    FAX,
    GREEN_LANE,
    HOTLINE,
    KEPT,
    ORIGINAL,
    PURCHASE,
    RECEPTION,
    VIP_ARCHIVE,
    VIP_REVIEW,
    WINDOW,
)

ARCHIVES = clause(
    "vip-archives",
    "一·1(4)4)A；一·2(3)4)A",
    N_(
        "VIPs and key accounts have archives of their own, on the computer and as originals, and a custodian."
    ),
)
SECRET = clause("vip-secret", "一·2(3)4)A", N_("What stands in the archives of VIPs is confidential."))
ATTENDANT = clause("vip-attendant", "一·1(4)4)B", N_("VIPs are served one to one from first to last."))
CHANNELS = clause(
    "vip-channels",
    "一·1(4)4)C；一·3(3)3)B、C",
    N_("VIPs have a window, a hotline, a fax, a green lane and an enquiry desk of their own."),
)
PRICES = clause(
    "vip-prices", "一·1(4)4)E", N_("VIPs get better prices, all from one hand, and dedicated aftercare.")
)
REVIEWED = clause("vip-review", "一·2(3)4)B", N_("The manager looks into the files of VIPs every ten days."))
IN_THE_AREA = clause(
    "vip-area",
    "一·2(3)4)E",
    N_("The manager goes to the VIP area every day, receives customers and hears what is wanting."),
)
RECEIVED = clause(
    "vip-reception",
    "一·3(3)3)A",
    N_("One person receives a VIP, follows everything that comes of it and puts it on record."),
)

FORMS = ((ELECTRONIC, N_("On the computer")), (ORIGINAL, N_("Original papers")))
READERS = ((VIP_KEEPER, N_("The archive's custodian")), (MANAGER, N_("Customer service manager")))
KINDS = (
    (WINDOW, N_("Own window")),
    (HOTLINE, N_("VIP hotline")),
    (FAX, N_("VIP fax")),
    (GREEN_LANE, N_("Green lane")),
    (DESK, N_("Enquiry desk")),
)
NAMED = (HOTLINE, FAX)
"""The channels at which a person answers who is known by name."""
BY_RIGHT = N_("Rights are given and taken on the page of a position, for a branch or for the company.")
_TESTS = "tests/plugins/decoration/test_vip.py::"
CENT = Decimal("0.01")


def is_in_both_forms(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R19: before it is opened, an archive is there on the computer and as originals."""
    forms = settings["vip_archive_forms"] or ()
    if ELECTRONIC in forms and not facts["file_count"]:
        return Refusal(N_("Attach the electronic copy of the archive first."), {}, ("original_place",))
    if ORIGINAL in forms and not facts["original_place"]:
        return Refusal(N_("Enter where the original papers are kept."), {}, ("original_place",))
    return None


def keeps_the_attendant(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R21: who serves a VIP stays the same, until the manager hands the archive over and says why."""
    before = facts["before.keeper_id"]
    if settings["vip_attendant_ratio"] != "one" or before is None or before == facts["keeper_id"]:
        return None
    return Refusal(
        N_(
            "One custodian serves a VIP from first to last. The manager hands the archive over, with the reason."
        ),
        {},
        ("keeper_id",),
    )


def has_a_named_person(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R22: a channel is one of those that the firm opens, and at hotline and fax somebody is named."""
    kind, opened = facts["kind"], settings["vip_channels"]
    if kind not in opened:
        return Refusal(
            N_("The channels for VIPs are: %(vip_channels)s."), {"vip_channels": opened}, ("kind",)
        )
    if kind in NAMED and facts["person_id"] is None:
        return Refusal(N_("Name the person who answers at the hotline or the fax."), {}, ("person_id",))
    return None


def benefit_of(facts: Facts, settings: Settings) -> Span | None:
    """DEC-R23: the firm's discount of the price."""
    discount = settings["vip_discount"]
    if discount is None or facts["price"] is None:
        return None
    found = (facts["price"] * discount / 100).quantize(CENT, ROUND_HALF_UP)
    return Span(found, found)


def is_received_by_the_keeper(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R27: a VIP is received by the custodian, and the summary says what came of it."""
    if not settings["vip_reception_record"] or facts["received_by"] == facts["archive_id.keeper_id"]:
        return None
    return Refusal(
        N_("A VIP is received by the one custodian who serves them. Enter that person."), {}, ("received_by",)
    )


RULES: tuple[Rule, ...] = (
    Access(
        "DEC-R19",
        ARCHIVES,
        N_("Custodians put the archives of VIPs together, and the manager decides who is one."),
        grants=(
            *((VIP_KEEPER, VIP_ARCHIVE, action) for action in ("see", "add", "edit")),
            *((MANAGER, VIP_ARCHIVE, action) for action in ("see", "edit", "grant", "export")),
        ),
        only=((VIP_ARCHIVE, "add"), (VIP_ARCHIVE, "edit"), (VIP_ARCHIVE, "grant"), (VIP_ARCHIVE, "export")),
        shown_by=(_TESTS + "test_a_customer_becomes_a_vip_by_the_managers_word",),
    ),
    Check(
        "DEC-R19-B",
        ARCHIVES,
        N_("An archive is opened once it is there in each of these forms: %(vip_archive_forms)s."),
        (picked("vip_archive_forms", N_("Forms of an archive"), *FORMS),),
        entity=VIP_ARCHIVE,
        judge=is_in_both_forms,
        moments=("open",),
        shown_by=(_TESTS + "test_an_archive_is_opened_with_copy_and_original",),
    ),
    Access(
        "DEC-R20",
        SECRET,
        N_("The archive of a VIP is read by %(vip_archive_readers)s and nobody else."),
        (
            replace(
                picked("vip_archive_readers", N_("May read an archive"), *READERS),
                inferred=True,
                fixed=BY_RIGHT,
            ),
        ),
        grants=((MANAGER, VIP_ARCHIVE, "see-all"),),
        only=((VIP_ARCHIVE, "see-all"),),
        masked=tuple((VIP_ARCHIVE, each) for each in ("ground", "developments", "original_place")),
        shown_by=(
            "tests/plugins/decoration/test_vip_secrecy.py::test_an_archive_is_known_to_custodian_and_manager_only",
        ),
    ),
    Check(
        "DEC-R21",
        ATTENDANT,
        N_("A VIP is served %(vip_attendant_ratio)s, from first to last."),
        (
            Setting(
                "vip_attendant_ratio",
                CHOICE,
                "one",
                N_("Custodians of a VIP"),
                choices=(("one", N_("one to one")), ("any", N_("by whoever is there"))),
            ),
        ),
        entity=VIP_ARCHIVE,
        judge=keeps_the_attendant,
        where=(Is("state", KEPT),),
        shown_by=(_TESTS + "test_one_custodian_serves_a_vip_until_the_manager_hands_over",),
    ),
    Access(
        "DEC-R22",
        CHANNELS,
        N_("The manager opens the channels for VIPs; everybody in the department sees them."),
        grants=tuple((MANAGER, CHANNEL, action) for action in ("see", "add", "edit", "delete")),
        only=tuple((CHANNEL, action) for action in ("add", "edit", "delete")),
        shown_by=(_TESTS + "test_hotline_and_fax_have_a_named_person",),
    ),
    Check(
        "DEC-R22-B",
        CHANNELS,
        N_("VIPs have these channels: %(vip_channels)s; at hotline and fax a person is named."),
        (picked("vip_channels", N_("Channels for VIPs"), *KINDS),),
        entity=CHANNEL,
        judge=has_a_named_person,
        shown_by=(_TESTS + "test_hotline_and_fax_have_a_named_person",),
    ),
    Amount(
        "DEC-R23",
        PRICES,
        N_("A VIP buys %(vip_discount)s cheaper."),
        (Setting("vip_discount", PERCENT, None, N_("Discount for VIPs"), low=0, high=100),),
        entity=PURCHASE,
        figure=benefit_of,
        shown_by=(_TESTS + "test_a_vip_buys_cheaper_once_the_firm_names_the_discount",),
    ),
    Cadence(
        "DEC-R25",
        REVIEWED,
        N_("The manager reviews the archive of each VIP every %(vip_review_days)s."),
        (Setting("vip_review_days", DAYS, 10, N_("Between two reviews"), low=1),),
        entity=VIP_ARCHIVE,
        owner=MANAGER,
        where=(Is("state", KEPT),),
        every="vip_review_days",
        anchor="opened_on",
        closed_by=((f"{VIP_REVIEW}.added", "archive_id"),),
        title=N_("Review the VIP archive"),
        shown_by=(_TESTS + "test_archives_are_reviewed_every_ten_days",),
    ),
    Cadence(
        "DEC-R26",
        IN_THE_AREA,
        N_("The manager is in the VIP area every %(vip_visit_interval)s and notes needs and shortcomings."),
        (Setting("vip_visit_interval", WORKDAYS, 1, N_("Between two days in the VIP area"), low=1),),
        owner=MANAGER,
        every="vip_visit_interval",
        closed_by=((f"{AREA_VISIT}.added", ""),),
        roll="none",
        missed_after=0,
        title=N_("Go to the VIP area"),
        shown_by=(_TESTS + "test_the_manager_is_in_the_vip_area_every_working_day",),
    ),
    Check(
        "DEC-R27",
        RECEIVED,
        N_("The custodian receives a VIP and puts the visit on record: %(vip_reception_record)s."),
        (switch("vip_reception_record", N_("Visits of VIPs are put on record")),),
        entity=RECEPTION,
        judge=is_received_by_the_keeper,
        shown_by=(_TESTS + "test_a_vip_is_received_by_the_custodian_and_the_manager_asks_after_it",),
    ),
)
