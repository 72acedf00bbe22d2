"""The language is chosen in the top bar and remembered; figures and dates take its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import rest_client
import servers
from shown_as import cubic_metres, day, yuan
from visitor import Visitor
from walks import Setting


def test_the_language_follows_the_person(
    setting: Setting, visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    other_lang = "en" if setting.lang == "zh" else "zh"
    program = rest_client.log_in(site, "gas-east.cashier")
    bill = program.search("/gas/bill/", ("usage", "gt", 1000))
    path, fields = f"/gas/bill/{bill['ids'][0]}", bill["result"][0]

    person = visitor()
    person.log_in("gas-east.cashier")
    for lang in (setting.lang, other_lang):
        person.choose_language(lang)
        person.open(path)
        assert person.fact("Total") == yuan(Decimal(fields["total"]))
        assert person.fact("Usage") == cubic_metres(Decimal(fields["usage"]))
        assert person.fact("Billed on") == day(date.fromisoformat(fields["billed_on"]), lang)
    person.log_out()
    person.sees("Log in", "h1")
    person.log_in("gas-east.finance", lang=setting.lang)  # the next one at this machine has made no choice

    # Another machine, whose browser prefers the first language: the person's own choice goes before.
    again = visitor()
    again.log_in("gas-east.cashier", lang=other_lang)
    assert again.words("Take payment") in again.menu()


def test_strangers_and_errors_are_spoken_to_in_their_language(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    for lang in ("en", "zh"):
        person.open("/login/")
        person.choose_language(lang)
        assert person.title() == person.words("Log in")
        person.press("Log in", status=422)
        person.sees("Fill in this field.")

    person.log_in("gas-east.meter-reader")
    for lang in ("en", "zh"):
        person.choose_language(lang)
        person.open("/no/such/page", status=404)
        assert person.title() == person.words("There is nothing here")
        person.open("/gas/counter/", status=403)
        assert person.title() == person.words("Your position does not allow this")
        person.press("Go to the home page")
