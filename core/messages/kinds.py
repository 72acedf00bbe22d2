"""What a plugin declares about its messages. Nothing here knows the web or the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


IN_APP, EMAIL, SMS, CALL_LIST = "in_app", "email", "sms", "call_list"
CHANNELS = (IN_APP, EMAIL, SMS, CALL_LIST)
"""Under the bell, by mail, as a short message, and as a line of a list that people work through by telephone."""
OWN = "own"
"""Stands for the template of what an administrator's own rule says."""
BEYOND = ("link", "branch")
"""What every text may name beside the fields of its entity: the record's address and the branch's name."""
PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class MessageTemplate:
    """The words of a message (消息模板) about a record of `entity`. `id` is `<plugin>.<name>`.

    `subject` and `body` are msgids with places such as `%(title)s`, which name fields of the entity, `link` or
    `branch`. A branch may write its own for a language. What is to be kept nowhere, such as a secret, `finish` puts
    into the body when the message leaves: it gets the session, the record's id and the body, and answers the same
    each time; None where the message is to go out no more.
    """

    id: str
    label: Any
    entity: str
    subject: str
    body: str
    finish: Callable[[Session, int, str], str | None] | None = None


def places(text: str) -> frozenset[str]:
    """The names of the places in a text."""
    return frozenset(PLACE.findall(text))


def is_whole(text: str) -> bool:
    """Whether nothing of the text looks like a place that is none: a percent sign stands twice."""
    return "%" not in PLACE.sub("", text).replace("%%", "")
