"""What the paper says of keeping customers' files, of members, and of serving everybody alike."""

# zh-ok-file: headings as the paper numbers them, and the idea of service in the firm's own words

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import (
    Access,
    Approval,
    Cadence,
    Check,
    Checklist,
    Deadline,
    Facts,
    Is,
    Refusal,
    Rule,
    Settings,
    Step,
)
from core.handbook.values import DAYS, LIST, MONTHS, TEXT, Setting
from core.inspections.kinds import finished
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules.book.saying import clause, picked, switch

EQUAL = clause(
    "equal", "一·1(4)3)须知", N_("Every customer is received with the same warmth, nobody with privileges.")
)
BACKUP = clause("backup", "一·2(3)1)E", N_("The manager keeps a backup archive of the customer data."))
READ_DAILY = clause(
    "read-daily",
    "一·2(3)1)F",
    N_("The manager reads the customer data each day that the specialists collected."),
)
PREMIUM = clause(
    "premium", "一·2(3)3)D", N_("Premium customers are made members of the firm, and cared for in time.")
)
DAILY_REPORT = clause(
    "daily-report",
    "一·3(3)2)售前A",
    N_("New customer data are filed exactly, and the day's collection is reported before going off duty."),
)
SERVICE_IDEA = clause(
    "service-idea",
    "一",
    N_("The customer comes first: good in image, technique, customer relations and brand."),
)
RELATIONS = clause(
    "relations",
    "一·2 7)工作关系；一·3(7)",
    N_("The department deals with all departments of the branch, and with customers."),
)

FOUR_GOODS = (
    ("image", N_("The image of customer service is good.")),
    ("technique", N_("The technique is good.")),
    ("relations", N_("The relations with customers are good.")),
    ("brand", N_("The brand is good.")),
)
SCOPES = (("branch", N_("all departments of the branch")), ("customers", N_("customers")))
DEPARTMENTS = (
    n.MANAGER,
    n.ASSISTANT,
    n.SPECIALIST,
    n.VIP_KEEPER,
    n.GENERAL_MANAGER,
    n.DESIGNER,
    n.ENGINEERING,
    n.INSPECTOR,
    n.SALES,
    n.FINANCE,
)
BY_RIGHT = N_("Rights are given and taken on the page of a position, for a branch or for the company.")
OVER = 7
"""Days after which a round that nobody made is given up as missed. The paper names none (inferred)."""
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

_DUTIES = "tests/plugins/decoration/test_customers_duties.py::"
_FILES = "tests/plugins/decoration/test_customers_files.py::"
_MEMBERS = "tests/plugins/decoration/test_customers_members.py::"


def is_kept_twice(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R33: whoever reads the data says where their backup is."""
    if not settings["archive_backup"] or facts["backup_place"]:
        return None
    return Refusal(N_("Say where the backup archive of the customer data is kept."), {}, ("backup_place",))


def is_a_ground(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R43: what makes a customer a member is one of the branch's grounds."""
    if settings["member_criteria"] is None or facts["ground"] in settings["member_criteria"]:
        return None
    return Refusal(
        N_("Name one of the grounds on which customers become members: %(member_criteria)s."),
        {"member_criteria": settings["member_criteria"]},
        ("ground",),
    )


RULES: tuple[Rule, ...] = (
    Checklist(
        "DEC-R18",
        EQUAL,
        EQUAL.says,
        (switch("equal_treatment_note", N_("Equal treatment is looked at")),),
        round=c.SERVICE_ROUND,
        by=n.MANAGER,
        shown_by=(_DUTIES + "test_the_manager_looks_at_the_service_until_an_item_is_switched_off",),
    ),
    Check(
        "DEC-R33",
        BACKUP,
        N_("Whoever reads the data says where the backup archive is: %(archive_backup)s."),
        (switch("archive_backup", N_("Backup archive")),),
        entity=c.FILE_READING,
        judge=is_kept_twice,
        shown_by=(_FILES + "test_a_reading_says_where_the_backup_is",),
    ),
    Cadence(
        "DEC-R34",
        READ_DAILY,
        N_("The manager reads the customer data collected, every %(manager_file_review)s."),
        (Setting("manager_file_review", DAYS, 1, N_("Read every"), low=1),),
        owner=n.MANAGER,
        every="manager_file_review",
        closed_by=((f"{c.FILE_READING}.added", ""),),
        missed_after=1,
        title=N_("Read the customer data collected"),
        shown_by=(_DUTIES + "test_the_manager_owes_a_reading_of_the_files_each_working_day",),
    ),
    Approval(
        "DEC-R43",
        PREMIUM,
        N_("Whom others propose as a member the manager admits."),
        entity=c.MEMBER,
        transition="propose",
        positions=(n.MANAGER,),
        shown_by=(_MEMBERS + "test_the_manager_admits_whom_a_specialist_proposes",),
    ),
    Check(
        "DEC-R43-B",
        PREMIUM,
        N_("A customer becomes a member on one of these grounds: %(member_criteria)s."),
        (Setting("member_criteria", LIST, None, N_("Grounds of membership")),),
        entity=c.MEMBER,
        judge=is_a_ground,
        shown_by=(_MEMBERS + "test_the_ground_is_one_of_the_branchs_once_it_names_some",),
    ),
    Cadence(
        "DEC-R43-C",
        PREMIUM,
        N_("Something is done for every member once in %(member_care_interval)s."),
        (Setting("member_care_interval", MONTHS, None, N_("Cared for every"), suggested=3, inferred=True),),
        entity=c.MEMBER,
        owner=n.MANAGER,
        every="member_care_interval",
        anchor="joined_on",
        where=(Is("state", c.ADMITTED),),
        closed_by=((f"{c.MEMBER_CARE}.added", "member_id"),),
        title=N_("Do something for the member"),
        shown_by=(_MEMBERS + "test_members_are_cared_for_as_often_as_is_set",),
    ),
    Deadline(
        "DEC-R60",
        DAILY_REPORT,
        N_("The day's collection is reported before going off duty, at most %(daily_filing_cutoff)s later."),
        (Setting("daily_filing_cutoff", DAYS, 0, N_("Reported after the day of collecting within"), low=0),),
        entity=c.COLLECTION,
        event=f"{c.COLLECTION}.added",
        within="daily_filing_cutoff",
        owner=n.SPECIALIST,
        person="specialist_id",
        while_=(Is("state", c.OPEN, c.HANDED_IN),),
        closed_by=((f"{c.COLLECTION}.{c.HANDED_IN}", ""),),
        roll="none",
        ladder=(TO_MANAGER,),
        title=N_("Report the day's collection"),
        shown_by=(_DUTIES + "test_the_days_collection_is_reported_the_same_day",),
    ),
    Checklist(
        "DEC-R89",
        SERVICE_IDEA,
        SERVICE_IDEA.says,
        (
            picked("four_goods", N_("The four goods"), *FOUR_GOODS),
            Setting(
                "service_idea_text",
                TEXT,
                "客户至上",
                N_("Service idea"),
                called=(("客户至上", N_("The customer comes first")),),
            ),
        ),
        round=c.SERVICE_ROUND,
        by=n.MANAGER,
        items=FOUR_GOODS,
        chosen="four_goods",
        shown_by=(_DUTIES + "test_the_manager_looks_at_the_service_until_an_item_is_switched_off",),
    ),
    Cadence(
        "DEC-R89-B",
        SERVICE_IDEA,
        N_("The manager looks at the service to customers every month."),
        round=c.SERVICE_ROUND,
        owner=n.MANAGER,
        closed_by=((finished(c.SERVICE_ROUND), ""),),
        roll="none",
        missed_after=OVER,
        title=N_("Look at the service to customers"),
        shown_by=(_DUTIES + "test_the_manager_looks_at_the_service_until_an_item_is_switched_off",),
    ),
    Access(
        "DEC-R90",
        RELATIONS,
        N_("The department deals with %(contact_scope)s: all of them see the customers whom they serve."),
        (
            Setting(
                "contact_scope",
                LIST,
                ("branch", "customers"),
                N_("Deals with"),
                choices=SCOPES,
                fixed=BY_RIGHT,
            ),
        ),
        grants=tuple((each, n.CUSTOMER, "see") for each in DEPARTMENTS),
        only=((n.CUSTOMER, "see"),),
        shown_by=(_FILES + "test_all_departments_see_customers_and_nobody_else",),
    ),
)
