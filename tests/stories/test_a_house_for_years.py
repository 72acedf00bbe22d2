"""The story beside this file, carried out: one house from the lead to the third year after its completion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import decoration_calls
import decoration_company
import decoration_story
from company import SINCE, Company
from core.people.service import appoint
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c
from storytelling import read

STORY = Path(__file__).with_name("a_house_for_years.md")


@pytest.fixture
def branch(migrated_url: str, tmp_path: Path) -> Iterator[Company]:
    made = decoration_company.found(migrated_url, tmp_path / "decoration")
    decoration_calls.questionnaire(
        made,
        (c.OF_DESIGNER, "设计师的服务您满意吗？", True),  # zh-ok: a question of the firm's own
        (c.OF_SERVICE, "客服的服务您满意吗？", True),  # zh-ok: a question of the firm's own
    )
    with made.session() as session:  # a custodian of VIPs is a specialist who is given that, too
        where = made.branches[decoration_company.HERE]
        appoint(session, made.people["deco.vip-keeper"], where, n.SPECIALIST, valid_from=SINCE)
    yield made
    made.database.dispose()


def test_the_story_comes_true(branch: Company) -> None:
    decoration_story.begun(branch).tell(read(STORY))
