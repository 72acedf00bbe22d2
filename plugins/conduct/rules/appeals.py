"""Appeals (申诉): in writing within three days of issue, answered within a week; days of the calendar."""

from __future__ import annotations

from core.handbook.kinds import Clause, Deadline, Facts, Refusal, Settings
from core.handbook.values import DAYS, Setting
from plugins.conduct.rules.ladder import TO_APPROVER
from plugins.conduct.rules.names import APPEAL, EMPLOYEE, HEAD, N_, SLIP, TARIFF_RULES

TOO_LATE = N_("The time to appeal ended on %(day)s.")


def is_too_late(facts: Facts, _settings: Settings) -> Refusal | None:
    """An appeal filed after the last day, which was counted when the slip was issued."""
    last = facts["slip.appeal_until"]
    if last is None or facts["filed_on"] <= last:
        return None
    return Refusal(TOO_LATE, {"day": last}, ("slip_id",))


TESTS = "tests/plugins/conduct/test_appeals.py"
STORY = "tests/stories/test_a_month_of_conduct.py::test_the_story_comes_true"

HR_R08 = Deadline(
    "HR-R08",
    Clause(
        "appeal", TARIFF_RULES, "15-1", N_("Who finds a penalty unreasonable signs, and appeals in writing.")
    ),
    N_("An appeal is made in writing within %(appeal_days)s of the slip's issue."),
    (Setting("appeal_days", DAYS, 3, N_("Time to appeal"), low=1, high=365),),
    entity=SLIP,
    event=f"{SLIP}.issued",
    within="appeal_days",
    owner=EMPLOYEE,
    person="subject_id",
    closed_by=((f"{APPEAL}.added", "slip"),),
    roll="none",
    missed_after=0,
    refuses=is_too_late,
    title=N_("Appeal against the slip, if it is unreasonable"),
    shown_by=(
        f"{TESTS}::test_an_appeal_is_in_time_on_the_last_day_and_late_after_it",
        "tests/plugins/conduct/test_refusals.py::test_an_appeal_out_of_time_says_why_and_one_in_time_is_taken",
        STORY,
    ),
)
HR_R09 = Deadline(
    "HR-R09",
    Clause("answer", TARIFF_RULES, "15-2", N_("An appeal is answered within a week.")),
    N_("An appeal is answered within %(appeal_answer_days)s of its receipt."),
    (Setting("appeal_answer_days", DAYS, 7, N_("Time to answer"), low=1, high=365),),
    entity=APPEAL,
    event=f"{APPEAL}.added",
    within="appeal_answer_days",
    owner=HEAD,
    ladder=TO_APPROVER,
    closed_by=((f"{APPEAL}.answered", ""),),
    roll="none",
    title=N_("Answer an appeal"),
    shown_by=(f"{TESTS}::test_an_appeal_is_answered_within_a_week", STORY),
)
APPEALS = (HR_R08, HR_R09)
