"""Who may do what with what customers hear (DEC 1.1, DEC-E15), and with news of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, grant
from core.people.rights.levels import READ, WRITE
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

MESSAGES = "DEC 1.1, DEC-E15"
SENDS = "DEC 1.1, DEC-E15; DEC-R76, DEC-R77, DEC-R78, DEC-R79, DEC-R80"
CAMPAIGNS = _("DEC 1.1, DEC-E15: brings campaigns (inferred)")
EVENTS = _("DEC-R24, DEC-R45, DEC-R78: announces news and events (inferred)")
CALLS = _("DEC-R61, DEC-R76: calls whom no short message reaches (inferred)")
WORDS = _("DEC-P10: scripts of messages, and when nobody is disturbed (inferred)")
OPTS_OUT = _("DEC-E15: hears who wants no messages (inferred)")
KEPT = ("see", "add", "edit")


def care(*actions: str, clause: Any = MESSAGES, phone: bool = False) -> tuple[Grant, ...]:
    """Batches with the messages in them; telephones for those who call."""
    of_messages = tuple(each for each in actions if each != "add")
    fields = {"phone": READ} if phone else {}
    return (
        grant(c.BATCH, *actions, clause=clause),
        grant(c.MESSAGE, *of_messages, clause=clause, fields=fields),
    )


def calls(*actions: str) -> tuple[Grant, ...]:
    """The outbox with its call lists, and who wants no messages."""
    whole = {"address": READ, "subject": READ, "body": READ}
    return (
        grant("core.outgoing", "see", "call", *actions, clause=CALLS, fields=whole),
        grant("core.opt_out", *KEPT, "delete", clause=OPTS_OUT, fields={"address": WRITE}),
    )


def events(*actions: str) -> Grant:
    return grant(c.EVENT, *actions, clause=EVENTS)


GRANTS: Mapping[str, tuple[Grant, ...]] = {
    n.MANAGER: (
        *care("see"),
        *care("approve", clause=SENDS, phone=True),
        *calls("send"),
        events(*KEPT),
        grant("core.template", *KEPT, "delete", clause=WORDS),
        grant("core.quiet_hours", *KEPT, "delete", clause=WORDS),
    ),
    n.ASSISTANT: (*care("see"), events("see")),
    n.SPECIALIST: (
        *care("see", "add"),
        *care("approve", clause=SENDS, phone=True),
        *calls(),
        events("see", "add", "edit"),
    ),
    n.VIP_KEEPER: (
        *care("see", "add"),
        *care("approve", clause=SENDS, phone=True),
        *calls(),
        events("see"),
    ),
    n.GENERAL_MANAGER: (events("see"),),
    n.SALES: (*care("see", "add", clause=CAMPAIGNS), events("see")),
}
