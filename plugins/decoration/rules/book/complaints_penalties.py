"""What the paper says of penalties: who proposes, who decides."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from decimal import Decimal

from core.data.marks import N_
from core.handbook.kinds import Approval, Check, Clause, Facts, Is, Refusal, Rule, Settings
from core.handbook.values import CHOICE, LIST, MONEY, NUMBER, POSITION, YES_NO, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.rules.book.saying import clause

FOR_COMPLAINTS = clause(
    "penalty-complaint", "一·2 6)权利A", N_("The manager may penalise whoever a complaint is upheld against.")
)
FOR_SITES = clause(
    "penalty-site", "一·2 6)权利B", N_("The manager may penalise for sites whose quality is below standard.")
)
PROPOSALS = clause("penalty-proposed", "一·3(6)1)A", N_("Specialist and assistant may propose a penalty."))
SUDDEN = clause(
    "penalty-emergency",
    "一·3(6)1)C",
    N_("In a sudden incident specialist and assistant may decide for the time being."),
)
REPEATED = clause(
    "penalty-repeat",
    "一·3(6)1)D",
    N_("Of what is complained of repeatedly, specialist and assistant may decide the penalty."),
)
BY_RIGHT = N_("Rights are given and taken on the page of a position, for a branch or for the company.")
_TESTS = "tests/plugins/decoration/test_penalties.py::"
_NOT_ONES_OWN = ("subject_id",)


def amount_set(label: str) -> Setting:
    return Setting(
        "amount",
        MONEY,
        None,
        label,
        low=Decimal(0),
    )


def is_within(facts: Facts, settings: Settings) -> Refusal | None:
    """An amount is no more than the branch has set."""
    if facts["amount"] is None or facts["amount"] <= settings["amount"]:
        return None
    return Refusal(
        N_("A penalty on this ground is %(amount)s at most."), {"amount": settings["amount"]}, ("amount",)
    )


def is_not_allowed(_facts: Facts, settings: Settings) -> bool:
    """DEC-R85: while nobody decides for the time being, the manager is asked."""
    return bool(settings["emergency_decision"] != c.ALLOWED)


def is_for_the_manager(facts: Facts, settings: Settings) -> bool:
    """DEC-R86: below the threshold it is no repeated complaint; above, only where the manager confirms each."""
    return bool(
        settings["manager_confirms"] or (facts["complaint.times"] or 1) < settings["repeat_threshold"]
    )


def decided_by_manager(
    rule: str, where: str, clause_: Clause, authority: str, label: str, says: str
) -> tuple[Approval, Check]:
    """The manager's authority on one ground, and the amount up to which it goes."""
    approval = Approval(
        rule,
        clause_,
        says,
        (Setting(authority, POSITION, n.MANAGER, label),),
        entity=c.PENALTY,
        transition=c.SUBMIT,
        decider=authority,
        where=(Is("ground", where),),
        not_by=_NOT_ONES_OWN,
        shown_by=(_TESTS + "test_what_is_proposed_the_manager_decides",),
    )
    within = Check(
        f"{rule}-B",
        clause_,
        N_("A penalty on this ground comes to %(amount)s at most."),
        (amount_set(N_("Amount at most")),),
        entity=c.PENALTY,
        judge=is_within,
        moments=("save", c.SUBMIT, c.IMPOSE, c.EMERGENCY),
        where=(Is("ground", where),),
        shown_by=(_TESTS + "test_an_amount_stays_within_what_is_set",),
    )
    return approval, within


RULES: tuple[Rule, ...] = (
    *decided_by_manager(
        "DEC-R46",
        c.OF_COMPLAINT,
        FOR_COMPLAINTS,
        "complaint_penalty_authority",
        N_("Decides penalties for complaints"),
        N_("A penalty for an upheld complaint is decided by %(complaint_penalty_authority)s."),
    ),
    *decided_by_manager(
        "DEC-R47",
        c.OF_SITE,
        FOR_SITES,
        "site_penalty_authority",
        N_("Decides penalties for sites"),
        N_("A penalty for poor quality of a site is decided by %(site_penalty_authority)s."),
    ),
    Approval(
        "DEC-R83",
        PROPOSALS,
        N_("A penalty is proposed by %(penalty_proposers)s, and decided by the manager."),
        (
            Setting(
                "penalty_proposers",
                LIST,
                (n.SPECIALIST, n.ASSISTANT),
                N_("Propose penalties"),
                choices=(
                    (n.SPECIALIST, N_("Customer service specialist")),
                    (n.ASSISTANT, N_("Assistant of the customer service manager")),
                ),
                fixed=BY_RIGHT,
            ),
        ),
        entity=c.PENALTY,
        transition=c.SUBMIT,
        positions=(n.MANAGER,),
        where=(Is("ground", c.OF_COMPLAINT, c.OF_SITE),),
        not_by=_NOT_ONES_OWN,
        shown_by=(
            _TESTS + "test_what_is_proposed_the_manager_decides",
            _TESTS + "test_specialist_and_assistant_propose_and_others_do_not",
        ),
    ),
    Approval(
        "DEC-R85",
        SUDDEN,
        N_(
            "In a sudden incident specialist and assistant decide for the time being: %(emergency_decision)s."
        ),
        (
            Setting(
                "emergency_decision",
                CHOICE,
                c.ALLOWED,
                N_("Decisions in a sudden incident"),
                choices=(
                    (c.ALLOWED, N_("allowed, the manager confirms afterwards")),
                    (c.NOT_ALLOWED, N_("only with the manager")),
                ),
            ),
        ),
        entity=c.PENALTY,
        transition=c.EMERGENCY,
        positions=(n.MANAGER,),
        needed=is_not_allowed,
        not_by=_NOT_ONES_OWN,
        shown_by=(_TESTS + "test_in_an_emergency_the_specialist_decides_for_the_time_being",),
    ),
    Approval(
        "DEC-R86",
        REPEATED,
        N_(
            "From the complaint of this number on about the same, %(repeat_threshold)s, specialist and assistant decide"
            " the penalty; the manager confirms each: %(manager_confirms)s."
        ),
        (
            Setting("repeat_threshold", NUMBER, 2, N_("Repeated from"), low=2, inferred=True),
            Setting("manager_confirms", YES_NO, False, N_("The manager confirms"), inferred=True),
        ),
        entity=c.PENALTY,
        transition=c.SUBMIT,
        positions=(n.MANAGER,),
        needed=is_for_the_manager,
        where=(Is("ground", c.OF_REPEAT),),
        not_by=_NOT_ONES_OWN,
        shown_by=(
            _TESTS + "test_of_repeated_complaints_the_specialist_decides_alone",
            _TESTS + "test_the_manager_may_keep_the_confirmation",
        ),
    ),
)
