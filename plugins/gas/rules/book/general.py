"""Part 1 of the paper, general rules (总则)."""

# zh-ok-file: headings as the paper numbers them, and the words that clerks say

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Rule
from core.handbook.values import CHOICE, LIST, Setting
from plugins.gas.rules.book.saying import (
    DEPARTMENT,
    HALL,
    OPENING,
    SERVICE,
    asked,
    clause,
    picked,
    round_owed,
    switch,
)

BINDING = clause(
    "general-1", "总则1", N_("Company rules and production-safety rules are known to everybody and kept.")
)
INSTRUCTIONS = clause(
    "general-2", "总则2", N_("Work follows the operating rules, process flows and work instructions.")
)
SIX_DONTS = clause("general-3", "总则3", N_("The six don'ts are kept towards every customer."))
DRESS = clause(
    "general-5",
    "总则5；前台10；大厅二2",
    N_("Uniform and name badge with the company's logo are worn; everybody looks tidy."),
)
CLEANING = clause(
    "general-6", "总则6", N_("Everything is clean, bright and in order, as the cleaning rules say.")
)
COURTESY = clause("general-7-words", "总则7", N_("Clerks use the ten characters of courtesy."))
THREE_VOICES = clause(
    "general-7-voices",
    "总则7；大厅三1",
    N_("Every customer hears three voices: a greeting, an answer, a farewell."),
)
MANDARIN = clause(
    "general-7-language", "总则7；大厅三2", N_("Clerks speak Mandarin, in the standard polite words.")
)
NO_QUARREL = clause(
    "general-7-quarrel",
    "总则7；大厅三4",
    N_("Nobody quarrels with a customer, drawls, is harsh or irritated, or answers back."),
)
TEAM = clause("general-11", "总则11", N_("Colleagues respect each other and work together."))

DONTS = (
    ("charges", N_("No charges but those of the tariffs")),
    ("gain", N_("No gain from gas by one's position")),
    ("installation", N_("No private connection or installation")),
    ("labour", N_("No work that the customer is made to do")),
    ("rudeness", N_("No rudeness")),
    ("blackmail", N_("No blackmail and no obstruction")),
)
VOICES = (
    ("greeting", N_("A greeting on arrival")),
    ("answer", N_("An answer to every question")),
    ("farewell", N_("A farewell")),
)

PHRASES = {
    "您好": N_("nín hǎo (hello)"),
    "请": N_("qǐng (please)"),
    "谢谢": N_("xièxie (thank you)"),
    "对不起": N_("duìbuqǐ (sorry)"),
    "再见": N_("zàijiàn (goodbye)"),
}
"""The ten characters of courtesy, said in Chinese to every customer: in English their sound with what they mean."""

RULES: tuple[Rule, ...] = (
    asked("GAS-R01", BINDING, DEPARTMENT, switch("ack_required", N_("Everybody signs that they know them"))),
    round_owed(
        "GAS-R01-B",
        BINDING,
        DEPARTMENT,
        N_("The customer service head looks at the department every month."),
        N_("Look at the department"),
        (),
    ),
    asked(
        "GAS-R02",
        INSTRUCTIONS,
        DEPARTMENT,
        Setting("instruction_library", LIST, (), N_("Work instructions in force")),
    ),
    asked("GAS-R03", SIX_DONTS, SERVICE, picked("six_donts", N_("The six don'ts"), *DONTS), items=DONTS),
    asked("GAS-R04", DRESS, OPENING, switch("dress_check", N_("Dress is looked at"))),
    asked("GAS-R05", CLEANING, HALL, switch("cleaning_checklist", N_("Cleanness is looked at"))),
    asked(
        "GAS-R06",
        COURTESY,
        SERVICE,
        Setting(
            "courtesy_phrases", LIST, tuple(PHRASES), N_("Words of courtesy"), called=tuple(PHRASES.items())
        ),
    ),
    asked(
        "GAS-R07",
        THREE_VOICES,
        SERVICE,
        picked("three_voices", N_("The three voices"), *VOICES),
        items=VOICES,
    ),
    asked(
        "GAS-R08",
        MANDARIN,
        SERVICE,
        Setting(
            "mandarin",
            CHOICE,
            "recommended",
            N_("Mandarin is"),
            choices=(("recommended", N_("recommended")), ("required", N_("required"))),
        ),
    ),
    asked("GAS-R10", NO_QUARREL, SERVICE, switch("quarrel_zero_tolerance", N_("No quarrel is passed over"))),
    asked("GAS-R13", TEAM, SERVICE, switch("teamwork_note", N_("Working together is looked at"))),
)
