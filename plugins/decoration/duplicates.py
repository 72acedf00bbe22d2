"""Files that may be one customer's: by any telephone, also one of a contact, or by a name that sounds alike.

The tokens by which the program searches are asked, so that nothing is kept a second time and no table is walked. One
telephone may well be that of several people, such as spouses: a pair is a question to somebody, never an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.branches.setwise import AT_ONCE, fetch, insert_rows, table_of
from core.entities.spec import Alike
from core.search.models import LONGEST, SearchToken
from core.search.plans import SearchedField, plan_of
from core.search.readings import readings
from core.search.tokens import HAN, NAME, PHONE, normal, runs, tokens_of
from core.work.groups import today
from plugins.decoration.checks.files import titles
from plugins.decoration.models.customers import Contact, Customer, Duplicate
from plugins.decoration.rules.names_customers import BY_NAME, BY_PHONE

SHORTEST = 7
"""Digits of a telephone that says who it is; shorter ones are extensions and slips of the keyboard."""
PHONES = ("phone", "second_phone")


@dataclass(frozen=True)
class Likeness:
    """A customer who is like an entry. `by_phone`: a telephone is the same; `whose` names the contact that has it.
    Without, the names sound alike, and `more` says whether something else is alike too."""

    customer_id: int
    by_phone: bool
    whose: str = ""
    more: bool = False


def alike(session: Session, entries: Sequence[Mapping[str, Any]]) -> list[list[Alike]]:
    """For each of several entries, by field, the files that may be the same; who only sounds alike is faint."""
    return [[_said(each) for each in some] for some in likenesses(session, entries)]


def _said(each: Likeness) -> Alike:
    if each.by_phone:
        text = (
            gettext("the same telephone as of %(name)s, who belongs to this customer", name=each.whose)
            if each.whose
            else gettext("the same telephone")
        )
        return Alike(each.customer_id, text)
    text = (
        gettext("the same name, and more that is alike") if each.more else gettext("a name that sounds alike")
    )
    return Alike(each.customer_id, text, faint=not each.more)


def likenesses(session: Session, entries: Sequence[Mapping[str, Any]]) -> list[list[Likeness]]:
    """For each entry whom it is like, by telephone first; a fixed number of statements for each AT_ONCE entries."""
    found: list[list[Likeness]] = []
    for start in range(0, len(entries), AT_ONCE):
        found += _of_some(session, entries[start : start + AT_ONCE])
    return found


def _of_some(session: Session, entries: Sequence[Mapping[str, Any]]) -> list[list[Likeness]]:
    numbers = [_numbers(entry) for entry in entries]
    sounds = [_sounds(str(entry.get("name") or "")) for entry in entries]
    by_number = _by_number(session, set().union(*numbers))
    by_sound = _by_sound(session, set().union(*sounds))
    known = _known(session, {each for some in by_sound.values() for each in some})
    answers = []
    for entry, own_numbers, own_sounds in zip(entries, numbers, sounds, strict=True):
        some = {key: whose for each in sorted(own_numbers) for key, whose in by_number[each].items()}
        likes = [Likeness(key, True, whose) for key, whose in some.items()]
        named = sorted({key for each in own_sounds for key in by_sound[each]} - set(some))
        likes += [Likeness(key, False, more=_more(entry, known[key])) for key in named if key in known]
        answers.append(sorted(likes, key=lambda each: (not each.by_phone, not each.more, each.customer_id)))
    return answers


def _numbers(entry: Mapping[str, Any]) -> set[str]:
    """The telephones of an entry as the search knows them: digits, without the country's number."""
    every = (each for name in PHONES for each in tokens_of(PHONE, str(entry.get(name) or "")))
    return {each for each in every if len(each) >= SHORTEST}


def _sounds(name: str) -> set[str]:
    """How a name is read in Latin letters; one that is written in them stands for itself."""
    text = normal(name)
    han = "".join(run for kind, run in runs(text) if kind == HAN)
    if han:
        return {each[:LONGEST] for each in readings(han)[1]} if len(han) > 1 else set()
    plain = "".join(text.split())
    return {plain[:LONGEST]} if len(plain) > 3 else set()


def _fields(model: Any, style: str) -> list[SearchedField]:
    plan = plan_of(model)
    return [each for each in plan.fields if each.style == style] if plan is not None else []


def _tokens(session: Session, field_ids: Iterable[int], tokens: set[str]) -> Sequence[Any]:
    """(token, record) of what the search has under these tokens."""
    if not tokens:
        return ()
    wanted = select(SearchToken.token, SearchToken.record_id).where(
        SearchToken.field_id.in_(list(field_ids)), SearchToken.token.in_(sorted(tokens))
    )
    return session.execute(wanted).all()


def _by_number(session: Session, numbers: set[str]) -> Mapping[str, dict[int, str]]:
    """By telephone the customers who have it, each with the name of the contact whose it is, if it is one's."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    session.flush()
    contacts = _tokens(session, [each.id for each in _fields(Contact, PHONE)], numbers)
    asked = select(Contact.id, Contact.customer_id, Contact.name).where(
        Contact.id.in_({row.record_id for row in contacts})
    )
    whose = {row.id: row for row in session.execute(asked)} if contacts else {}
    for row in contacts:
        if row.record_id in whose:
            found[row.token][whose[row.record_id].customer_id] = whose[row.record_id].name
    customers = _tokens(session, [each.id for each in _fields(Customer, PHONE)], numbers)
    for row in customers:
        found[row.token][row.record_id] = ""
    live = _live(session, {key for some in found.values() for key in some})
    for token, some in found.items():
        found[token] = {key: name for key, name in some.items() if key in live}
    return found


def _live(session: Session, ids: set[int]) -> set[int]:
    """Those that were not merged into others."""
    asked = select(Customer.id).where(Customer.id.in_(ids), Customer.merged_into_id.is_(None))
    return set(session.scalars(asked)) if ids else set()


def _by_sound(session: Session, sounds: set[str]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    numbers = [number for each in _fields(Customer, NAME) for number in each.ids]
    for row in _tokens(session, numbers, sounds):
        found[row.token].add(row.record_id)
    return found


def _known(session: Session, ids: set[int]) -> dict[int, Any]:
    asked = select(
        Customer.id, Customer.phone, Customer.second_phone, Customer.address, Customer.birthday
    ).where(Customer.id.in_(ids), Customer.merged_into_id.is_(None))
    return {row.id: row for row in session.execute(asked)} if ids else {}


def _more(entry: Mapping[str, Any], known: Any) -> bool:
    """Whether, beside the name, the birthday, the address, or all digits of a telephone but one are the same."""
    birthday, address = entry.get("birthday"), _plain(entry.get("address"))
    if known.birthday is not None and str(known.birthday) == str(birthday or ""):
        return True
    if address and address == _plain(known.address):
        return True
    theirs = _numbers({"phone": known.phone, "second_phone": known.second_phone})
    return any(_one_off(own, other) for own in _numbers(entry) for other in theirs)


def _plain(text: Any) -> str:
    return "".join(each for each in normal(str(text or "")) if each.isalnum())


def _one_off(one: str, other: str) -> bool:
    """Whether two numbers differ in one digit, or in two that changed places."""
    if len(one) != len(other):
        return False
    at = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(at) == 2:
        return at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
    return len(at) == 1


def note_pairs(session: Session, customer_ids: Sequence[int]) -> int:
    """Put files that may be one customer's into the list of possible duplicates; answers how many pairs are new."""
    rows = _entries(session, customer_ids)
    pairs: dict[tuple[int, int], str] = {}
    for row, some in zip(rows, likenesses(session, [row._mapping for row in rows]), strict=True):
        for each in some:
            if each.customer_id != row.id and (each.by_phone or each.more):
                pair = min(row.id, each.customer_id), max(row.id, each.customer_id)
                pairs.setdefault(pair, BY_PHONE if each.by_phone else BY_NAME)
    there = _pairs_there(session, pairs)
    new = [pair for pair in sorted(pairs) if pair not in there]
    named = titles(session, new)
    found = [
        {"first_id": one, "second_id": two, "title": title, "found_by": pairs[one, two], "found_on": today()}
        for (one, two), title in zip(new, named, strict=True)
    ]
    insert_rows(session, Duplicate, found)
    return len(found)


def _entries(session: Session, customer_ids: Sequence[int]) -> Sequence[Any]:
    """What is known of customers, and the telephones of their contacts as entries of their own."""
    if not customer_ids:
        return ()
    table, contact = table_of(Customer), table_of(Contact)
    names = ("id", "name", *PHONES, "address", "birthday")
    here = (table.c.id.in_(list(customer_ids)), table.c.merged_into_id.is_(None))
    own = fetch(session, select(*(table.c[name] for name in names)).where(*here).order_by(table.c.id))
    of_them = (contact.c.customer_id.in_([row.id for row in own]), contact.c.phone.is_not(None))
    asked = select(contact.c.customer_id.label("id"), contact.c.phone).where(*of_them)
    return [*own, *fetch(session, asked.order_by(contact.c.id))]


def _pairs_there(session: Session, pairs: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    table = table_of(Duplicate)
    some = {each for pair in pairs for each in pair}
    asked = select(table.c.first_id, table.c.second_id).where(
        or_(table.c.first_id.in_(some), table.c.second_id.in_(some))
    )
    return {(row.first_id, row.second_id) for row in fetch(session, asked)} if some else set()
