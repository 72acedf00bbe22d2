"""What a page says in the other language: a reader of one meets no word of the other, but in data."""

from __future__ import annotations

import re

from babel.dates import get_day_names, get_month_names

from browsers import Chromium
from clause_headings import clause_headings
from words import PSEUDO

# Where data stands: cells, values of facts and fields, who is logged in, the title of a record, what was typed;
# and `bdi`, which the program puts around data between its own words.
DATA = (
    "bdi, td, dd, .top-person, .dropdown-person, .chip, .ts-wrapper, option, textarea, main:has(.record) h1"
)
COLLECT = """
const silent = "script, style, template, noscript, code, kbd", texts = [];
const spoken = ["aria-label", "title", "placeholder", "alt", "data-confirm", "data-confirm-ok"];
const foreign = (one) => { const held = one.closest("[lang]"); return held && held !== document.documentElement; };
const take = (text, one) => {
  const clean = text.trim().replace(/\\s+/g, " ");
  if (clean && !one.closest(silent) && !foreign(one)) texts.push([clean, Boolean(one.closest(arguments[0]))]);
};
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) take(walk.currentNode.data, walk.currentNode.parentElement);
for (const name of spoken)
  for (const one of document.querySelectorAll(`[${name}]`)) take(one.getAttribute(name), one);
for (const each of Object.values(document.getElementById("texts").dataset)) take(each, document.body);
take(document.title.split(" · ").pop(), document.body);
return texts;
"""

CHINESE = re.compile(r"[\u3400-\u9fff，。；：！？（）【】“”‘’、《》]+")
TRANSLATED = re.compile(r"⟦[^⟦⟧]*⟧")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9'’._-]*")

# Latin letters that a Chinese page has on purpose, wherever they stand.
ALLOWED = re.compile(
    r"m³?"  # the unit m³
    r"|B|KB|MB|GB|IC"  # units of files; the kind of card in a meter
    r"|Excel|xlsx|csv|docx|txt|pdf|PDF|png|jpg|jpeg|gif|webp"  # kinds of files
    r"|(GAS|GPN|HR|DEC|OWN)(-[A-Z]?\d+(-[A-Z])?)?"  # rules and clauses of the rule book
    r"|VI|VIP"  # the visual identity, and who is served first, as the rule books call them
    r"|English"  # a language is named in itself
    r"|Asia|Shanghai"  # a time zone's name
    r"|hq|deco|soft|mixed|gas-east|gas-west|[a-z]+-?[a-z]*\.[a-z-]+|admin"  # branch codes, user names
    r"|QB[\d-]+|R\d+|(CF|CJ)\d+|(BJ|SH|GZ)-[a-z]+"  # numbers of meters, slips and notices, codes of routes and tariffs
    r"|E\d{3}"  # numbers of the staff
)
# And those that only data has: the English names of the example company's branches and tariffs, and those that plugins
# give themselves; and the letter in the place of a portrait.
MONTHS = frozenset(get_month_names("wide", locale="en").values()) | frozenset(
    get_month_names("abbreviated", locale="en").values()
)
DAYS = frozenset(get_day_names("wide", locale="en").values())
"""Words of dates, which the library of languages brings and no catalogue holds."""
ALLOWED_IN_DATA = re.compile(
    r"Head|office|Conduct|Gas|East|West|Decoration|Software|Mixed|[a-z]|zhidu\.invalid"
    r"|Beijing|Shanghai|Guangzhou|residents|heating|boilers|schools|and|welfare|rural|coal|to|gas|homes|businesses"
)


def untranslated(browser: Chromium, lang: str, *allowed: str | re.Pattern[str]) -> list[str]:
    """Every text of the present page, hidden ones and attributes included, that has words of the other language.

    `allowed` are further data of the test itself, words or patterns, which may stand anywhere.
    """
    allowed = (*allowed, *map(_whole, clause_headings()))
    texts = browser.driver.execute_script(COLLECT, DATA)
    return [text for text, is_data in texts if _is_wrong(_without(text, allowed), lang, is_data)]


def _whole(heading: str) -> re.Pattern[str]:
    """The heading itself, not the figures of a rule's name."""
    return re.compile(rf"(?<![\w-]){re.escape(heading)}(?![\w-])", re.ASCII)


def _without(text: str, allowed: tuple[str | re.Pattern[str], ...]) -> str:
    for each in allowed:
        text = re.sub(re.escape(each) if isinstance(each, str) else each, " ", text)
    return text


def _outside_brackets(text: str) -> str:
    """A page's text in the made-up language without what was translated, which may hold translated texts itself."""
    while (without := TRANSLATED.sub(" ", text)) != text:
        text = without
    return text


def _is_wrong(text: str, lang: str, is_data: bool) -> bool:
    if lang == PSEUDO:
        words = LATIN.findall("" if is_data else _outside_brackets(text))
        words = [word.rstrip(".-") for word in words]
        words = [word for word in words if word not in MONTHS | DAYS]
        return any(not ALLOWED.fullmatch(word) and not ALLOWED_IN_DATA.fullmatch(word) for word in words)
    if lang == "en":
        return not is_data and bool(CHINESE.search(text))
    words = [word.rstrip(".-") for word in LATIN.findall(text)]
    return any(
        not ALLOWED.fullmatch(word) and not (is_data and ALLOWED_IN_DATA.fullmatch(word)) for word in words
    )
