"""Words of branches: their places are checked, the nearest branch's hold, and a preview shows them first."""

from __future__ import annotations

import pytest

from core.messages.kinds import MessageTemplate
from core.messages.models import OwnTemplate
from core.messages.wording import problems_of
from leave_office import application
from pages import Page
from sent_letters import Post

WORDS = {"template": "leave.granted", "language": "zh", "subject": "准了：%(title)s", "body": "%(days)s天"}


def test_the_nearest_branchs_words_hold(post: Post):
    number = application(post.office, title="Leave", days=2)
    post.office.put("hq", OwnTemplate(**{**WORDS, "subject": "总部：%(title)s"}))
    post.tell(number, "a@example.com", "one", "email")
    post.office.put("east", OwnTemplate(**WORDS))
    post.tell(number, "a@example.com", "two", "email")
    assert [(each.subject, each.body) for each in post.rows()] == [
        ("总部：Leave", "2天"),
        ("准了：Leave", "2天"),
    ]


def test_a_person_or_a_record_is_called_by_name(post: Post):
    person = post.office.people["leading"]
    number = application(post.office, title="Leave", days=2, person_id=person)
    post.office.put("east", OwnTemplate(**{**WORDS, "body": "%(person_id)s %(days)s天"}))
    post.tell(number, "a@example.com", "named", "email")
    (row,) = post.rows()
    with post.office.session() as session:
        assert post.office.user(session, "leading").last_name in row.body
    assert str(person) not in row.body.split(" ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"subject": "%(mood)s"}, "mood is no place that this message has"),
        ({"body": "100 %"}, "Write a percent sign twice"),
        ({"template": "leave.gone"}, "Choose one of the options"),
    ],
)
def test_places_that_nothing_fills_are_refused(post: Post, wrong: dict[str, str], said: str):
    api = post.office.api_of("leading")
    answer = api("POST", "/api/v1/core/template/", json={**WORDS, **wrong})
    assert answer.status_code in (400, 422)
    assert said in answer.text


def test_a_preview_shows_the_latest_record(post: Post):
    application(post.office, title="The latest of all", days=7)
    api = post.office.api_of("leading")
    made = api("POST", "/api/v1/core/template/", json=WORDS)
    assert made.status_code == 201, made.text
    manager = post.office.client_of("leading")
    text = " ".join(Page(manager.get(f"/core/template/{made.json['id']}").text).texts)
    assert "准了：The latest of all" in text
    assert "7天" in text


def test_declared_words_fit_their_entity(post: Post):
    entities = post.office.installation.entities
    wrong = MessageTemplate("leave.odd", "Odd", "leave.application", "%(mood)s", "50 %")
    assert problems_of(wrong, entities) == [
        "message leave.odd: it names mood, which leave.application has not",
        "message leave.odd: a percent sign stands alone; write it twice",
    ]
    assert problems_of(MessageTemplate("leave.odd", "Odd", "leave.none", "", ""), entities)
    assert all(not problems_of(each, entities) for each in post.office.installation.templates.values())
