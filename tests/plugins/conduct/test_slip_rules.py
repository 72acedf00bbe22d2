"""What a slip has to state and whom it is about, and who signs: the rules themselves, without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.handbook.kinds import Access, Approval, Check, Refusal
from facts_of_conduct import BY_ID, measure, settings_of, slip
from plugins.conduct.positions import HEAD, POSITIONS
from plugins.conduct.rules.names import APPROVER, BYSTANDER

SIGNED = date(2026, 3, 9)


def judged(rule_id: str, facts: dict[str, Any], **changes: Any) -> Refusal | None:
    rule = BY_ID[rule_id]
    assert isinstance(rule, Check)
    return rule.judge(facts, settings_of(rule, **changes))


def fields(refusal: Refusal | None) -> tuple[str, ...]:
    assert refusal is not None
    return refusal.fields


def test_a_slip_rests_on_evidence_and_on_an_item_of_the_tariff():
    assert judged("GPN-R17", slip()) is None
    assert fields(judged("GPN-R17", slip(offence_id=None))) == ("offence_id",)
    assert fields(judged("GPN-R17", slip(evidence=""))) == ("evidence",)
    assert fields(judged("GPN-R17", slip(educated_on=None))) == ("educated_on",)
    assert judged("GPN-R17", slip(evidence=""), evidence_required=False) is None
    assert judged("GPN-R17", slip(educated_on=None), education_step=False) is None


def test_a_slip_is_about_staff_of_the_department_only():
    assert judged("GPN-R18", slip()) is None
    assert fields(judged("GPN-R18", slip(**{"employee.department": "Finance"}))) == ("employee_id",)
    assert judged("GPN-R18", slip(**{"employee.department": "Finance"}), scope_department="Finance") is None


def test_only_the_department_head_writes_the_tariff():
    rule = BY_ID["GPN-R19"]
    assert isinstance(rule, Access)
    for entity, action in rule.only:
        holders = [
            each.id
            for each in POSITIONS
            if any(grant.entity == entity and action in grant.actions for grant in each.grants)
        ]
        assert holders == [HEAD.id]
    assert {(position, entity) for position, entity, _action in rule.grants} == {
        (HEAD.id, "conduct.tariff"),
        (HEAD.id, "conduct.offence"),
    }


def test_no_penalty_without_a_signed_slip():
    assert judged("HR-R01", measure("fine")) is None
    for state in ("drafted", "issued", "refused", "cancelled"):
        assert fields(judged("HR-R01", measure("fine", **{"slip.state": state}))) == ("slip_id",)
    badly = {"slip.state": "refused", "slip.bad_attitude": True}
    assert judged("HR-R01", measure("final_warning", **badly)) is None, "the company is asked at once"
    assert judged("HR-R01", measure("fine", **{"slip.state": "issued"}), slip_before_penalty=False) is None


def test_a_slip_states_facts_and_opinion():
    assert judged("HR-R02", slip()) is None
    assert fields(judged("HR-R02", slip(facts=""))) == ("facts",)
    assert fields(judged("HR-R02", slip(opinion=""))) == ("opinion",)
    assert judged("HR-R02", slip(opinion=""), slip_required_fields=("facts",)) is None


@pytest.mark.parametrize("how", ["signed_on", "refused_on"])
def test_it_takes_effect_with_a_signature(how: str):
    assert judged("HR-R02", slip(state="issued")) is not None
    assert judged("HR-R02", slip(state="issued", **{how: SIGNED})) is None


def test_a_refused_slip_needs_witnesses():
    rule = BY_ID["HR-R03"]
    assert isinstance(rule, Approval)
    assert settings_of(rule)[rule.count] == 2
    assert rule.positions == (BYSTANDER,)
    assert rule.not_by == ("subject_id", "issued_by")


def test_a_serious_case_is_decided_by_the_company():
    rule = BY_ID["GPN-R15"]
    assert isinstance(rule, Approval)
    assert rule.needed is not None
    settings = settings_of(rule)
    assert rule.needed(measure("dismissal", **{"slip.offence.rule": "GPN-R15"}), settings)
    assert not rule.needed(measure("warning", **{"slip.offence.rule": "GPN-R15"}), settings)
    assert not rule.needed(measure("dismissal", **{"slip.offence.rule": "GPN-R14"}), settings)
    assert rule.positions == (APPROVER,)


def test_a_tariff_takes_two_signatures():
    rule = BY_ID["GPN-R20"]
    assert isinstance(rule, Approval)
    assert (rule.transition, rule.positions) == ("publish", (APPROVER,))
    assert settings_of(rule) == {"effective_date": date(2013, 3, 14)}
    may = {each.id: {a for grant in each.grants if grant.entity == "conduct.tariff" for a in grant.actions}
           for each in POSITIONS}  # fmt: skip
    assert [each for each, actions in may.items() if "publish" in actions] == [HEAD.id]
    assert "publish" not in may[APPROVER], "the second signature is an approval"
