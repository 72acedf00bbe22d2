"""The way that a message takes: through what is set up and wanted, and on to the next where one gives up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask_appbuilder.security.sqla.models import User

from core.messages.addresses import plain
from core.messages.models import OptOut
from leave_office import application
from sent_letters import Post

PHONE = "13800001111"
RULE = "LEAVE-R04"


@pytest.fixture
def rule(post: Post, monkeypatch: pytest.MonkeyPatch) -> str:
    """A rule that wants a customer called where no short message reaches them, and staff told where no letter does."""
    book: Any = post.office.installation.rules.rules
    told = replace(book["LEAVE-R03"], id=RULE, channels=("sms", "call_list", "email", "in_app"))
    monkeypatch.setitem(book, RULE, told)
    return RULE


def unset(post: Post, monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """Take a gateway or mail server away."""
    known = post.office.installation
    monkeypatch.setattr(known, "settings", replace(known.settings, **settings))


def reached_by_mail(post: Post, username: str) -> None:
    with post.office.session() as session:
        session.get_one(User, post.office.people[username]).email = f"{username}@zhidu.example"


@pytest.mark.parametrize(
    "typed",
    [
        "13800001111",
        " 138 0000 1111 ",
        "138-0000-1111",
        "+86 138-0000-1111",
        "+8613800001111",
        "0086 138 0000 1111",
        "8613800001111",
        "(138)00001111",
        "１３８００００１１１１",
    ],
)
def test_a_number_is_one_number_however_it_is_typed(typed: str):
    assert plain(typed) == PHONE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+86 10 6512-3456", "01065123456"),
        ("010-65123456", "01065123456"),
        ("0086 (0)10 65123456", "01065123456"),
        ("86123456", "86123456"),  # a number of Guangzhou or Shenzhen, dialled within the town
        ("13800001112", "13800001112"),
        ("Li.Ming@Example.com ", "li.ming@example.com"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_what_is_another_number_stays_another(typed: str, kept: str):
    assert plain(typed) == kept


def test_an_opt_out_closes_a_number_however_it_was_typed(post: Post):
    known = {"channel": "sms", "address": "+86 138-0000 1111", "why": "Asked for it."}
    made = post.office.api_of("leading")("POST", "/api/v1/core/opt_out/", json=known)
    assert made.status_code == 201, made.text
    number = application(post.office)
    found = [
        post.row(post.tell(number, each, each, "sms")) for each in (PHONE, "138 0000 1111", "13800001112")
    ]
    assert [each.state for each in found] == ["opted_out", "opted_out", "waiting"]
    assert found[1].address == "138 0000 1111"  # as it was known


def test_an_opt_out_after_a_message_was_written_closes_it_too(post: Post):
    row = post.tell(application(post.office), "138-0000-1111", "one", "sms")
    post.office.put("east", OptOut(channel="sms", address=plain("+86 13800001111")))
    post.send()
    assert (post.row(row).state, post.gateway.told) == ("opted_out", {})


def test_a_channel_that_is_not_set_up_is_passed_over(post: Post, monkeypatch: pytest.MonkeyPatch):
    number = application(post.office)
    sent = post.row(post.tell(number, PHONE, "before", "sms", "call_list"))
    reached_by_mail(post, "asking")
    unset(post, monkeypatch, sms_url="", smtp_url="")
    called = post.row(post.tell(number, PHONE, "after", "sms", "call_list"))
    staff = post.row(post.tell_person(number, "asking", "after", "email", "in_app"))
    alone = post.row(post.tell(number, PHONE, "alone", "sms"))
    found = [(each.channel, each.state) for each in (sent, called, staff, alone)]
    assert found == [("sms", "waiting"), ("call_list", "waiting"), ("in_app", "sent"), ("sms", "waiting")]


def test_what_waits_for_a_gateway_that_is_gone_is_called(
    post: Post, rule: str, monkeypatch: pytest.MonkeyPatch
):
    number = application(post.office)
    passed = post.tell(number, PHONE, "one", "sms", "call_list", rule=rule)
    stays = post.tell(number, PHONE, "two", "sms")
    unset(post, monkeypatch, sms_url="")
    post.send()
    found = [post.row(each) for each in (passed, stays)]
    assert [(each.channel, each.state, each.tries) for each in found] == [
        ("call_list", "waiting", 0),
        ("sms", "failed", 1),
    ]


def test_a_dead_letter_takes_the_next_channel_of_its_rule(post: Post, rule: str):
    post.gateway.answers += [400]
    row = post.tell(application(post.office), PHONE, "one", "sms", "call_list", rule=rule)
    post.send(2)
    found = post.row(row)
    assert (found.channel, found.address, found.state, found.tries) == ("call_list", PHONE, "waiting", 0)
    assert found.error.startswith("400")
    assert "People to call" in post.office.client_of("leading").get("/my-work/").text
    assert len(post.rows()) == 1


def test_a_dead_letter_of_staff_comes_under_the_bell(post: Post, rule: str):
    post.mail.answers += ["550 nobody here"]
    reached_by_mail(post, "asking")
    row = post.tell_person(
        application(post.office, title="Leave in June"), "asking", "one", "email", rule=rule
    )
    post.send()
    found = post.row(row)
    assert (found.channel, found.state) == ("in_app", "sent")
    assert "Leave in June" in post.office.client_of("asking").get("/notices/").text


def test_without_another_way_a_dead_letter_stays_one(post: Post, rule: str):
    post.office.put("east", OptOut(channel="call_list", address=PHONE))
    post.gateway.answers += [400]
    row = post.tell(application(post.office), PHONE, "one", "sms", "call_list", rule=rule)
    post.send()
    found = post.row(row)
    assert (found.channel, found.state) == ("sms", "dead")
