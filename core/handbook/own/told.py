"""The conditions of an own rule as its readers are told them."""

from __future__ import annotations

from flask_babel import gettext

from core.handbook.own import expression as asks
from core.handbook.own.forms import OPERATORS, label_of
from core.handbook.own.models import OwnRule
from core.installation import installation
from core.ui import format as shown


def told_condition(row: OwnRule) -> str:
    """`Phone is empty, Credit is more than 5`; the expression itself where its object is not here any more."""
    entity = installation().entities.get(row.entity)
    known = asks.fields_of(entity) if entity is not None else {}
    lines = asks.of_plain(row.conditions)
    if not lines:
        return str(gettext("None: it is about all of them."))
    if entity is None or not all(each.field in known for each in lines):
        return row.expression
    told = []
    for each in lines:
        kind, described = known[each.field]
        value = dict(asks.offered(kind, described)).get(each.value, each.value)
        words = (label_of(each.field, entity, described.label), OPERATORS[each.operator], value)
        told.append(" ".join(str(word) for word in words if str(word)))
    if row.all_of or len(told) == 1:
        return shown.listed(told)
    return str(gettext("One of: %(conditions)s", conditions=shown.listed(told)))
