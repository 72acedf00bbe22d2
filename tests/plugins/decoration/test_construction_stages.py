"""From the start notice to the last acceptance: hand-over, file, stages in turn, re-inspections, pauses, checks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from company import Company
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from decoration_company import HERE, setting_changed
from decoration_complaints import called_back
from decoration_sites import (
    acceptances,
    accepted_up_to,
    inspected,
    kept,
    moved,
    on,
    sent,
    site,
    stages,
    started,
)
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import Acceptance, Handover, Pause, SiteCheck, Stage
from plugins.decoration.rules import names as n
from plugins.decoration.rules.book import RULES

DAY = date(2026, 3, 2)
PLUMBING_FAILED, INSPECTED_AGAIN = date(2026, 3, 10), date(2026, 3, 17)


def told(company: Company, rule: str, record: int) -> list[str]:
    """The addresses to which a rule's messages about a record went."""
    asked = select(Outgoing.address).where(Outgoing.rule == rule, Outgoing.record_id == record)
    with company.session(HERE) as session:
        return [str(each) for each in session.scalars(asked)]


def test_a_received_start_notice_opens_the_file_and_starts_the_works(company: Company) -> None:
    with on(DAY + timedelta(days=3)):
        made = started(company, DAY, planned_until=DAY + timedelta(days=89))
    found, row = stages(company, made), kept(company, Site, made)
    assert (row.state, row.started_on, row.stage) == (n.UNDER_WAY, DAY, n.MATERIALS)
    assert list(found) == list(n.STAGES)
    assert [each.state for each in found.values()] == ["working", *["waiting"] * 5]
    planned = [(each.planned_from, each.planned_until) for each in found.values()]
    assert planned[0] == (DAY, DAY + timedelta(days=14))
    assert planned[-1] == (DAY + timedelta(days=75), DAY + timedelta(days=89))
    assert all(len(acceptances(company, made, each)) == 1 for each in n.STAGES)


def test_without_the_notice_the_works_start_only_where_the_branch_says_so(company: Company) -> None:
    made = site(company)
    refused = moved(company, "engineering", f"site/{made}/start", 422)
    assert "DEC-R62" in str(refused)
    with on(DAY):
        setting_changed(company, "DEC-R62", "auto_create_file", False, DAY)
        notice = sent(company, "engineering", "start-notice/", site_id=made, start_on=DAY)["id"]
        moved(company, "engineering", f"start-notice/{notice}/send")
        moved(company, "specialist", f"start-notice/{notice}/receive")
        assert kept(company, Site, made).state == n.PREPARED
        moved(company, "engineering", f"site/{made}/start", started_on=DAY)
        setting_changed(company, "DEC-R62", "auto_create_file", True, DAY)
    assert kept(company, Site, made).state == n.UNDER_WAY
    assert list(stages(company, made)) == list(n.STAGES)


def test_engineering_sends_notices_and_customer_service_receives_them(company: Company) -> None:
    made = site(company)
    notice = sent(company, "engineering", "start-notice/", site_id=made, start_on=DAY)["id"]
    moved(company, "specialist", f"start-notice/{notice}/send", 403)
    moved(company, "engineering", f"start-notice/{notice}/send")
    moved(company, "engineering", f"start-notice/{notice}/receive", 403)
    again = sent(company, "engineering", "start-notice/", site_id=made, start_on=DAY)["id"]
    moved(company, "specialist", f"start-notice/{notice}/receive")
    moved(company, "engineering", f"start-notice/{again}/send", 422)


def test_a_branch_orders_the_stages_its_own_way(company: Company) -> None:
    order = (n.MATERIALS, n.PLUMBING, n.MASONRY, n.CARPENTRY, n.COMPLETION)
    with on(DAY):
        setting_changed(company, "DEC-R11", "checkpoints", order, DAY)
        made = started(company, DAY)
        setting_changed(company, "DEC-R11", "checkpoints", n.STAGES, DAY)
    assert list(stages(company, made)) == list(order)


def test_a_failed_stage_bars_the_next_until_it_is_inspected_again(company: Company) -> None:
    """Plumbing fails on 10 March and passes on 17 March: both inspections stay, and carpentry waits between."""
    with on(DAY):
        made = started(company, DAY)
        accepted_up_to(company, made, DAY, last=n.MATERIALS)
        moved(company, "engineering", f"stage/{stages(company, made)[n.PLUMBING].id}/begin")
    with on(PLUMBING_FAILED):
        inspected(company, made, n.PLUMBING, PLUMBING_FAILED, passes=False)
        carpentry = stages(company, made)[n.CARPENTRY].id
        refused = moved(company, "engineering", f"stage/{carpentry}/begin", 422)
        assert "DEC-R12-B" in str(refused)
    with on(INSPECTED_AGAIN):
        inspected(company, made, n.PLUMBING, INSPECTED_AGAIN)
        moved(company, "engineering", f"stage/{carpentry}/begin")
    found = acceptances(company, made, n.PLUMBING)
    assert [(each.attempt, each.state, each.held_on) for each in found] == [
        (1, "failed", PLUMBING_FAILED),
        (2, "passed", INSPECTED_AGAIN),
    ]
    assert found[1].previous_id == found[0].id
    assert stages(company, made)[n.PLUMBING].passed_on == INSPECTED_AGAIN
    assert kept(company, Site, made).stage == n.CARPENTRY


def test_a_stage_begins_early_with_a_reason_by_whoever_may(company: Company) -> None:
    made = started(company, DAY)
    masonry = stages(company, made)[n.MASONRY].id
    moved(company, "inspector", f"stage/{masonry}/begin-early", 403, override_why="工期紧")
    moved(company, "engineering", f"stage/{masonry}/begin-early", 400)
    moved(company, "engineering", f"stage/{masonry}/begin-early", override_why="业主书面同意先贴砖")
    found = kept(company, Stage, masonry)
    assert (found.state, found.override_why) == ("working", "业主书面同意先贴砖")
    assert found.overridden_by == company.people[f"{HERE}.engineering"]


def test_the_customer_is_called_to_the_site_before_each_acceptance(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        number = acceptances(company, made, n.MATERIALS)[0].id
        moved(company, "inspector", f"acceptance/{number}/pass", 409)
        moved(company, "engineering", f"acceptance/{number}/announce", planned_on=DAY)
        moved(company, "inspector", f"acceptance/{number}/pass", 409)
        assert told(company, "DEC-R11", number) == []
        moved(company, "specialist", f"acceptance/{number}/notify")
        assert told(company, "DEC-R11", number) == ["13800005678"]
        moved(company, "inspector", f"acceptance/{number}/pass", attended=True)
    found = kept(company, Acceptance, number)
    assert (found.notified_on, found.held_on, found.attended) == (DAY, DAY, True)
    assert found.notified_by == company.people[f"{HERE}.specialist"]


def test_a_checkpoint_is_closed_with_its_record_and_its_call_back(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        number = acceptances(company, made, n.MATERIALS)[0].id
        moved(company, "engineering", f"acceptance/{number}/announce", planned_on=DAY)
        moved(company, "specialist", f"acceptance/{number}/notify")
        moved(company, "inspector", f"acceptance/{number}/pass")
        path = f"acceptance/{number}/close"
        assert set(moved(company, "specialist", path, 422)["errors"]) == {"record"}
        assert set(moved(company, "specialist", path, 422, record="材料齐全")["errors"]) == {"called_on"}
        called_back(company, "acceptance", number)
        assert kept(company, Acceptance, number).state == "passed", "its record is missing"
        moved(company, "inspector", path, 403, record="材料齐全")
        moved(company, "specialist", path, record="材料齐全")
        second = inspected(company, made, n.PLUMBING, DAY)
        setting_changed(company, "DEC-R12-C", "acceptance_needs_callback", False, DAY)
        moved(company, "specialist", f"acceptance/{second}/close")
        setting_changed(company, "DEC-R12-C", "acceptance_needs_callback", True, DAY)
    assert kept(company, Acceptance, number).called_by == company.people[f"{HERE}.specialist"]


def test_the_specialist_owes_the_notice_once_a_lead_is_set(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        first, second = (acceptances(company, made, each)[0].id for each in (n.MATERIALS, n.PLUMBING))
        moved(company, "engineering", f"acceptance/{first}/announce", planned_on=date(2026, 3, 12))
        assert owed(company, "DEC-R11-B", first) == []
        setting_changed(company, "DEC-R11-B", "notice_lead_days", 2, DAY)
        moved(company, "engineering", f"acceptance/{second}/announce", planned_on=date(2026, 3, 12))
        assert owed(company, "DEC-R11-B", second) == [(date(2026, 3, 10), "open")]
        moved(company, "specialist", f"acceptance/{second}/notify")
        assert owed(company, "DEC-R11-B", second) == [(date(2026, 3, 10), "done")]


def owed(company: Company, rule: str, record: int) -> list[tuple[date, str]]:
    """By when a rule asks for something about a record, and how it stands."""
    asked = select(Obligation.due_on, Obligation.state).where(
        Obligation.rule == rule, Obligation.record_id == record
    )
    with company.session(HERE) as session:
        return [(row[0], row[1]) for row in session.execute(asked)]


def test_the_customer_is_told_the_day_of_entry_and_the_hand_over_needs_three_parties(
    company: Company,
) -> None:
    made = site(company)
    people = {key: company.people[f"{HERE}.{key}"] for key in ("designer", "engineering")}
    with on(DAY):
        planned = {"planned_on": DAY, "entry_on": DAY + timedelta(days=2)}
        number = sent(company, "specialist", "handover/", site_id=made, **planned)["id"]
        assert told(company, "DEC-R10", number) == ["13800005678"]
        there = {"designer_id": people["designer"], "engineer_id": people["engineering"]}
        refused = moved(company, "specialist", f"handover/{number}/hold", 422, **there)
        assert set(refused["errors"]) == {"customer_head"}
        setting_changed(company, "DEC-R10-B", "handover_parties", ("design", "engineering"), DAY)
        moved(company, "specialist", f"handover/{number}/hold", **there)
        setting_changed(company, "DEC-R10-B", "handover_parties", ("design", "engineering", "customer"), DAY)
    assert kept(company, Handover, number).held_on == DAY


def test_a_pause_is_kept_with_its_days(company: Company) -> None:
    made = started(company, DAY)
    with on(date(2026, 3, 20)):
        moved(company, "engineering", f"site/{made}/pause", pause_reason="主材未到")
    with on(date(2026, 3, 27)):
        moved(company, "engineering", f"site/{made}/resume")
        moved(company, "engineering", f"site/{made}/pause", pause_reason="业主出差")
    with company.session(HERE) as session:
        rows = session.scalars(select(Pause).where(Pause.site_id == made).order_by(Pause.id)).all()
        found = [(each.paused_on, each.resumed_on, each.reason) for each in rows]
    assert found == [
        (date(2026, 3, 20), date(2026, 3, 27), "主材未到"),
        (date(2026, 3, 27), None, "业主出差"),
    ]
    assert len(stages(company, made)) == 6


def test_a_quality_issue_is_open_until_it_is_put_right(company: Company) -> None:
    made = started(company, DAY)
    fine = sent(company, "inspector", "site-check/", site_id=made)["id"]
    issue = sent(company, "inspector", "site-check/", site_id=made, found="插座位置偏差")["id"]
    assert kept(company, SiteCheck, fine).state == "fine"
    row = kept(company, SiteCheck, issue)
    assert (row.state, row.stage, row.checked_by) == (
        "open",
        n.MATERIALS,
        company.people[f"{HERE}.inspector"],
    )
    moved(company, "inspector", f"site-check/{issue}/settle", 400)
    moved(company, "engineering", f"site-check/{issue}/settle", settled_how="已移位")
    assert kept(company, SiteCheck, issue).state == "settled"


@pytest.mark.parametrize("mode", ["board", "schedule"])
def test_progress_is_seen_on_a_board_and_on_a_schedule(company: Company, mode: str) -> None:
    with on(DAY):
        made = started(company, DAY, planned_until=DAY + timedelta(days=59))
        moved(company, "engineering", f"site/{made}/pause", pause_reason="待料")
    with on(DAY + timedelta(days=5)):
        page = company.client_of(f"{HERE}.manager").get(f"/decoration/site/?as={mode}")
        own = company.client_of(f"{HERE}.manager", "zh").get(f"/decoration/site/{made}")
    assert page.status_code == own.status_code == 200
    assert kept(company, Site, made).number in page.text
    if mode == "schedule":
        assert "Plumbing and electrics" in page.text
        assert "plan-pause" in page.text
        assert "停工：2026" in own.text


def test_every_rule_of_construction_names_its_clause_in_both_languages(company: Company) -> None:
    numbers = {each.id for each in RULES}
    assert {"DEC-R10", "DEC-R11", "DEC-R12", "DEC-R13", "DEC-R39", "DEC-R62", "DEC-R67", "DEC-R73"} <= numbers
    page = company.client_of(f"{HERE}.manager", "zh").get("/core/handbook/decoration")
    assert "开工通知单" in page.text
