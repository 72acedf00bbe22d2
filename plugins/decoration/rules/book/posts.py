"""What the paper says of the department's own: its rules, posts, those who hold them, and where they lead."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from functools import partial
from typing import Any

from core.data.marks import N_
from core.handbook.kinds import (
    Access,
    Approval,
    Cadence,
    Check,
    Checklist,
    Facts,
    Is,
    Refusal,
    Rule,
    Settings,
)
from core.handbook.values import CHOICE, LIST, MONTHS, NUMBER, Setting
from core.inspections.kinds import finished
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book.files import BY_RIGHT, OVER
from plugins.decoration.rules.book.saying import clause, picked

OWN_RULES = clause(
    "own-rules",
    "一·2(3)1)A",
    N_("The department's system and rules fit the place, and are kept complete."),
)
SUPPORTED = clause(
    "personnel-support",
    "一·2(3)5)A",
    N_("The manager supports recruitment, appraisal, the distribution of pay, training and promotion."),
)
MANAGER_SUITS = clause(
    "manager-qualification",
    "一·2 5)任职资格A–F",
    N_("What the manager brings along: education, knowledge, abilities, and the right attitude."),
)
STAFFING = clause(
    "staffing", "一·2(1)4)；一·3(1)4)", N_("There is one manager; the other posts grow with the work.")
)
MANAGER_RISES = clause(
    "manager-career", "一·2 8)职业渠道", N_("Where the post of the manager leads: upwards and sideways.")
)
SPECIALIST_SUITS = clause(
    "specialist-qualification",
    "一·3(5)",
    N_("What specialists and assistants bring along: education, knowledge, abilities, and care."),
)
SPECIALIST_RISES = clause(
    "specialist-career", "一·3(8)", N_("Where the posts of specialists and assistants lead.")
)
TESTS = "tests/plugins/decoration/test_office_posts.py::"

PHASES_RULED = (
    ("pre_sale", N_("The rules of service before the sale fit the place and are complete.")),
    ("in_sale", N_("The rules of service during design and works fit the place and are complete.")),
    ("after_sale", N_("The rules of service after the sale fit the place and are complete.")),
    ("vip", N_("The rules of service to VIPs and key accounts fit the place and are complete.")),
    ("complaints", N_("The rules on complaints and repairs fit the place and are complete.")),
    ("posts", N_("The duties of each post are written down.")),
)
MANAGER_ITEMS = (
    ("major", N_("The manager studied a subject of management.")),
    (
        "knowledge",
        N_("The manager knows home decoration, the rules of the firm and of the works, and products."),
    ),
    (
        "ability",
        N_("The manager organises, communicates, analyses, leads, speaks and adapts well."),
    ),
    (
        "attitude",
        N_(
            "The manager has professional ethics, a sense of service and of the team, bearing and dedication."
        ),
    ),
)
SPECIALIST_ITEMS = (
    (
        "knowledge",
        N_(
            "Specialists and assistants know home decoration, the rules of the firm and of the works, products."
        ),
    ),
    ("ability", N_("Specialists and assistants analyse, speak, communicate and carry out well.")),
    ("attitude", N_("Specialists and assistants are careful, patient and ready to serve.")),
)
SUBJECTS = (
    ("recruitment", N_("recruitment")),
    ("appraisal", N_("appraisal of staff")),
    ("pay", N_("distribution of pay")),
    ("training", N_("training")),
    ("promotion", N_("promotion")),
)
EDUCATION = (
    (o.JUNIOR_HIGH, N_("junior high school")),
    (o.SENIOR_HIGH, N_("senior high or vocational school")),
    (o.COLLEGE, N_("junior college")),
    (o.BACHELOR, N_("bachelor's degree")),
    (o.MASTER, N_("master's degree or higher")),
)
POSTS = (
    (o.MANAGER_POST, N_("Manager of customer service")),
    (o.ASSISTANT_POST, N_("Assistant to the manager")),
    (o.SPECIALIST_POST, N_("Specialist of customer service")),
    (o.OTHER_MANAGER, N_("Manager of another department")),
    (o.GM_ASSISTANT, N_("Assistant to the general manager")),
    (o.DEPUTY, N_("Deputy general manager")),
    (o.GENERAL, N_("General manager")),
    (o.OTHER_POST, N_("Another post")),
)
"""The posts that proposals name; a career leads from one to others of them."""


def posts_of(*wanted: str) -> tuple[tuple[str, Any], ...]:
    return tuple(each for each in POSTS if each[0] in wanted)


MANAGER_LEADS_TO = posts_of(o.OTHER_MANAGER, o.GM_ASSISTANT, o.DEPUTY, o.GENERAL)
SPECIALIST_LEADS_TO = posts_of(o.MANAGER_POST, o.GM_ASSISTANT, o.DEPUTY, o.GENERAL)
FILLED = Is("kind", o.APPOINT, o.PROMOTE)
"""Somebody is to come to a post."""
RISES = Is("kind", o.PROMOTE)
LEVELS = tuple(each for each, _label in EDUCATION)


def educated(setting: str, said: str, facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R52, DEC-R82: who is to come to a post has the education that it asks for, or a higher one."""
    least = settings[setting]
    if facts["education"] is not None and LEVELS.index(facts["education"]) >= LEVELS.index(least):
        return None
    return Refusal(said, {setting: least}, ("education",))


def leads_there(setting: str, said: str, facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R54, DEC-R88: a promotion follows the career of the post that somebody holds."""
    if facts["post"] in settings[setting]:
        return None
    return Refusal(said, {setting: settings[setting]}, ("post",))


def is_there_room(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R53: nobody is to come to a post all of whose places are taken; a doubt, as somebody may leave."""
    of_manager = facts["post"] == o.MANAGER_POST
    places = settings["manager_headcount" if of_manager else "specialist_headcount"]
    if places is None or facts["holders"] < places:
        return None
    return Refusal(
        N_("Already %(holders)s hold this post, for which there are %(places)s places."),
        {"holders": facts["holders"], "places": places},
        ("post",),
    )


def level(name: str, least: str, label: Any) -> Setting:
    return Setting(name, CHOICE, least, label, choices=EDUCATION)


MANAGER_LEARNED = N_(
    "Who is to be manager of customer service has at least this education: %(manager_min_education)s."
)
SPECIALIST_LEARNED = N_(
    "Who is to be specialist or assistant has at least this education: %(specialist_min_education)s."
)
MANAGER_LEADS = N_("The post of the manager leads to: %(manager_career)s.")
SPECIALIST_LEADS = N_("The posts of specialist and assistant lead to: %(specialist_career)s.")
OF_MANAGER = (RISES, Is("present_post", o.MANAGER_POST))
OF_SPECIALIST = (RISES, Is("present_post", o.SPECIALIST_POST, o.ASSISTANT_POST))
CAREERS = TESTS + "test_a_promotion_follows_the_career_of_the_post"
DECIDED = TESTS + "test_a_promotion_is_decided_by_the_general_manager_by_its_career_too"
LOOKED_AT = TESTS + "test_rules_and_people_are_looked_at_on_rounds_of_their_own"
ROOM = TESTS + "test_a_post_that_is_taken_raises_a_doubt"
SUITS = TESTS + "test_who_comes_to_a_post_has_its_education"

RULES: tuple[Rule, ...] = (
    Checklist(
        "DEC-R29",
        OWN_RULES,
        N_("On its round the manager looks at the department's rules: %(policy_documents)s."),
        (picked("policy_documents", N_("Rules looked at"), *PHASES_RULED),),
        round=o.DEPARTMENT_ROUND,
        by=n.MANAGER,
        items=PHASES_RULED,
        chosen="policy_documents",
        shown_by=(LOOKED_AT,),
    ),
    Cadence(
        "DEC-R29-B",
        OWN_RULES,
        N_("The manager looks at the department's rules and people every %(department_round_months)s."),
        (
            Setting(
                "department_round_months", MONTHS, 3, N_("Department looked at every"), low=1, inferred=True
            ),
        ),
        round=o.DEPARTMENT_ROUND,
        every="department_round_months",
        owner=n.MANAGER,
        closed_by=((finished(o.DEPARTMENT_ROUND), ""),),
        roll="none",
        missed_after=OVER,
        title=N_("Look at the department's rules and people"),
        shown_by=(LOOKED_AT,),
    ),
    Access(
        "DEC-R44",
        SUPPORTED,
        N_(
            "In matters of personnel the manager supports %(hr_support_subjects)s: proposes, appraises, looks."
        ),
        (
            Setting(
                "hr_support_subjects",
                LIST,
                tuple(each for each, _label in SUBJECTS),
                N_("Matters that the manager supports"),
                choices=SUBJECTS,
                fixed=BY_RIGHT,
            ),
        ),
        grants=(
            (n.MANAGER, o.PERSONNEL, "see"),
            (n.MANAGER, o.PERSONNEL, "add"),
            (n.MANAGER, o.APPRAISAL, "see"),
            (n.MANAGER, o.APPRAISAL, "add"),
        ),
        only=((o.PERSONNEL, "add"), (o.APPRAISAL, "add")),
        shown_by=(TESTS + "test_the_manager_alone_brings_up_matters_of_personnel",),
    ),
    Check(
        "DEC-R52",
        MANAGER_SUITS,
        MANAGER_LEARNED,
        (level("manager_min_education", o.COLLEGE, N_("Education of the manager")),),
        entity=o.PERSONNEL,
        judge=partial(educated, "manager_min_education", MANAGER_LEARNED),
        where=(FILLED, Is("post", o.MANAGER_POST)),
        shown_by=(SUITS,),
    ),
    Checklist(
        "DEC-R52-B",
        MANAGER_SUITS,
        N_("What else the manager brings along is looked at by the general manager."),
        round=o.MANAGER_ROUND,
        by=n.GENERAL_MANAGER,
        items=MANAGER_ITEMS,
        shown_by=(LOOKED_AT,),
    ),
    Cadence(
        "DEC-R52-C",
        MANAGER_SUITS,
        N_("The general manager looks at what the manager brings along every %(manager_round_months)s."),
        (Setting("manager_round_months", MONTHS, 12, N_("Manager looked at every"), low=1, inferred=True),),
        round=o.MANAGER_ROUND,
        every="manager_round_months",
        owner=n.GENERAL_MANAGER,
        closed_by=((finished(o.MANAGER_ROUND), ""),),
        roll="none",
        missed_after=OVER,
        title=N_("Look at what the manager brings along"),
        shown_by=(LOOKED_AT,),
    ),
    Check(
        "DEC-R53",
        STAFFING,
        N_(
            "There is %(manager_headcount)s manager of customer service; of others, %(specialist_headcount)s."
        ),
        (
            Setting("manager_headcount", NUMBER, 1, N_("Managers of customer service"), low=1),
            Setting(
                "specialist_headcount",
                NUMBER,
                None,
                N_("Specialists, and as many assistants"),
                low=1,
                optional=True,
                unset=N_("There are as many specialists and assistants as the work needs."),
            ),
        ),
        entity=o.PERSONNEL,
        judge=is_there_room,
        where=(FILLED, Is("post", o.MANAGER_POST, o.SPECIALIST_POST, o.ASSISTANT_POST)),
        warns=True,
        shown_by=(ROOM,),
    ),
    Approval(
        "DEC-R54",
        MANAGER_RISES,
        N_("A promotion of the manager is decided by the general manager."),
        entity=o.PERSONNEL,
        transition="decide",
        positions=(n.GENERAL_MANAGER,),
        where=OF_MANAGER,
        shown_by=(DECIDED,),
    ),
    Check(
        "DEC-R54-B",
        MANAGER_RISES,
        MANAGER_LEADS,
        (picked("manager_career", N_("The manager's post leads to"), *MANAGER_LEADS_TO),),
        entity=o.PERSONNEL,
        judge=partial(leads_there, "manager_career", MANAGER_LEADS),
        where=OF_MANAGER,
        shown_by=(CAREERS,),
    ),
    Check(
        "DEC-R82",
        SPECIALIST_SUITS,
        SPECIALIST_LEARNED,
        (level("specialist_min_education", o.SENIOR_HIGH, N_("Education of specialists and assistants")),),
        entity=o.PERSONNEL,
        judge=partial(educated, "specialist_min_education", SPECIALIST_LEARNED),
        where=(FILLED, Is("post", o.SPECIALIST_POST, o.ASSISTANT_POST)),
        shown_by=(SUITS,),
    ),
    Checklist(
        "DEC-R82-B",
        SPECIALIST_SUITS,
        N_("What else specialists and assistants bring along is looked at by the manager."),
        round=o.DEPARTMENT_ROUND,
        by=n.MANAGER,
        items=SPECIALIST_ITEMS,
        shown_by=(LOOKED_AT,),
    ),
    Approval(
        "DEC-R88",
        SPECIALIST_RISES,
        N_("A promotion of a specialist or an assistant is decided by the general manager."),
        entity=o.PERSONNEL,
        transition="decide",
        positions=(n.GENERAL_MANAGER,),
        where=OF_SPECIALIST,
        shown_by=(DECIDED,),
    ),
    Check(
        "DEC-R88-B",
        SPECIALIST_RISES,
        SPECIALIST_LEADS,
        (picked("specialist_career", N_("A specialist's post leads to"), *SPECIALIST_LEADS_TO),),
        entity=o.PERSONNEL,
        judge=partial(leads_there, "specialist_career", SPECIALIST_LEADS),
        where=OF_SPECIALIST,
        shown_by=(CAREERS,),
    ),
)
