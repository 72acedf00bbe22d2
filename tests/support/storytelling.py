"""Stories of a department: plain sentences in a text, each of which is carried out against the running application.

A story is a Markdown file. Its numbered lines are its sentences; everything else is told to the reader only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from company import Api, Browser, Company
from core.data import clock
from core.worklist.planner import chunks_of, do, plan_night
from pages import Page

LANGUAGES = ("zh", "en")
GROUPS = {"overdue": "overdue", "for today": "today", "coming": "waiting"}
SENTENCE = re.compile(r"^\d+\. (.*)$", re.MULTILINE)
Step = Callable[..., None]
_steps: list[tuple[re.Pattern[str], Step]] = []


def says(form: str) -> Callable[[Step], Step]:
    """Carries out the sentences of a form; `{name}` stands for any words, and is handed over by its name."""
    pattern = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(form)))

    def kept(step: Step) -> Step:
        _steps.append((pattern, step))
        return step

    return kept


@dataclass
class Story:
    """A story as it goes on in a branch: what day it is, and what its sentences have made so far (`made`, by name)."""

    company: Company
    branch: str
    people: str = ""
    made: dict[str, Any] = field(default_factory=dict)
    today: date | None = None
    _clock: ExitStack = field(default_factory=ExitStack)
    _browsers: dict[tuple[str, str], Browser] = field(default_factory=dict)
    _programs: dict[tuple[str, str], Api] = field(default_factory=dict)

    def tell(self, text: str) -> None:
        """Carry out every sentence of a text; AssertionError for one that does not come true, or that no step knows."""
        with self._clock:
            for sentence in SENTENCE.findall(text):
                self._carry_out(sentence)

    def _carry_out(self, sentence: str) -> None:
        found = [(step, match) for form, step in _steps if (match := form.fullmatch(sentence))]
        assert len(found) == 1, f"{len(found)} steps carry out: {sentence}"
        step, match = found[0]
        try:
            step(self, **match.groupdict())
        except AssertionError as error:
            raise AssertionError(f"{self.today}: {sentence}\n{error}") from error

    def move_to(self, day: date) -> None:
        """Ten in the morning of a day; the nights on the way to it are planned one after another."""
        night = day if self.today is None else self.today + timedelta(days=1)
        while night <= day:
            self._set(night, 1)
            with self.company.session(self.branch) as session:
                plan_night(session, night)
            night += timedelta(days=1)
        self._set(day, 10)
        self.today = day

    def leap_to(self, day: date) -> None:
        """As `move_to`, but of the nights on the way the last one alone is planned: for years of little."""
        self._set(day, 1)
        with self.company.session(self.branch) as session:
            for chunk in chunks_of(session, day):
                if chunk.get("day") == day.isoformat():
                    do(session, chunk)
        self._set(day, 10)
        self.today = day

    def _set(self, day: date, hour: int) -> None:
        self._clock.close()
        self._browsers.clear()
        self._programs.clear()
        local = datetime.combine(day, time(hour), ZoneInfo(clock.DEFAULT_TIME_ZONE))
        self._clock.enter_context(clock.frozen(local.astimezone(UTC)))

    def browser(self, who: str, language: str = "en") -> Browser:
        """Somebody's browser of today."""
        key = who, language
        if key not in self._browsers:
            self._browsers[key] = self.company.client_of(f"{self.people}{who}", language)
        return self._browsers[key]

    def page(self, who: str, path: str, language: str = "en") -> str:
        answer = self.browser(who, language).get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, who: str, method: str, path: str, sent: dict[str, Any], language: str = "en") -> Any:
        """A REST call of somebody's, who logs in once a day."""
        key = who, language
        if key not in self._programs:
            self._programs[key] = self.company.api_of(f"{self.people}{who}", language)
        return self._programs[key](method, f"/api/v1/{path}", json=sent)

    def sent(self, who: str, method: str, path: str, sent: dict[str, Any]) -> int:
        """The id of the record that a REST call of somebody's wrote."""
        answer = self.send(who, method, path, sent)
        assert answer.status_code in (200, 201), answer.text
        return int(answer.json["id"])

    def work(self, who: str, group: str, language: str) -> dict[str, str]:
        """What a group of somebody's My work shows: the words of each line, and where it leads."""
        page = self.page(who, "/", language)
        start = page.find(f'aria-labelledby="work-{GROUPS[group]}"')
        if start < 0:  # a page of no work at all has no groups
            return {}
        part = page[start : page.index("</section>", start)]
        found = re.findall(r'class="work-link" href="([^"]+)">([^<]+)<', part)
        return {unescape(title).strip(): unescape(url) for url, title in found}


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def in_both(words: str) -> Sequence[tuple[str, str]]:
    """`“zh” / “en”` of a sentence, each with its language."""
    found = re.fullmatch(r"“(.+)” / “(.+)”", words)
    assert found, f"write what is read as “Chinese” / “English”: {words}"
    return list(zip(LANGUAGES, found.groups(), strict=True))


# ---------------------------------------------------------------- what every department's people do


@says("It is {day}.")
def it_is(story: Story, day: str) -> None:
    story.move_to(date.fromisoformat(day))


@says("Time goes by. It is {day}.")
def goes_by(story: Story, day: str) -> None:
    story.leap_to(date.fromisoformat(day))


@says("The {who} finds {group} in My work: {words}.")
def finds(story: Story, who: str, group: str, words: str) -> None:
    for language, text in in_both(words):
        found = story.work(who, group, language)
        assert text in found, f"My work shows {sorted(found)}"
        if language == "en":
            story.made["followed"] = who, found[text]


@says("The {who} finds nothing in My work of: {words}.")
def finds_nothing(story: Story, who: str, words: str) -> None:
    for language, text in in_both(words):
        for group in GROUPS:
            assert text not in story.work(who, group, language), f"it is {group}"


@says("Asked why, it says: {words}.")
def asked_why(story: Story, words: str) -> None:
    who, path = story.made["followed"]
    found = re.search(r'href="(/core/obligation/\d+)"', story.page(who, path))
    assert found, "My work leads to no obligation"
    for language, text in in_both(words):
        told = " ".join(Page(story.page(who, found.group(1), language)).texts)
        assert text in told, told


@says("The {who} marks it as done: {note}.")
def marks_as_done(story: Story, who: str, note: str) -> None:
    """The first line of what was found last."""
    follower, path = story.made["followed"]
    found = re.search(r'href="(/core/obligation/\d+)"', story.page(who, path))
    assert follower == who, f"the {follower} found it"
    assert found, "My work leads to no obligation"
    answer = story.browser(who).fill(f"{found.group(1)}/close", {"note": note})
    assert answer.status_code == 302, answer.text


@says("The {who} hands the report in that is found filled: {note}.")
def hands_in(story: Story, who: str, note: str) -> None:
    """The report to which the line leads that was found last."""
    follower, path = story.made["followed"]
    assert follower == who, f"the {follower} found it"
    assert path.startswith("/core/reports/"), f"My work leads to {path}"
    answer = story.browser(who).fill(path, {"remarks": note, "do": "hand-in"})
    assert answer.status_code == 302, answer.text
    story.made["report"] = answer.location


@says("The {who} reads {words} in it, and signs it off.")
def signs_off(story: Story, who: str, words: str) -> None:
    """The report that was handed in last."""
    path = story.made["report"]
    for language, text in in_both(words):
        told = " ".join(Page(story.page(who, path, language)).texts)
        assert text in told, told
    answer = story.browser(who).post(f"/core/workflow{path}/sign")
    assert answer.status_code == 302, answer.text
