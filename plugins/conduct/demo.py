"""The example department: its staff, the tariff of 2013, and a year of slips with appeals and what came of them."""
# zh-ok-file: names of people who do not exist, and the example tariff

from __future__ import annotations

import logging
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from flask_appbuilder.security.sqla.models import User
from sqlalchemy.orm import Session

from core.branches import Branch, branch_scope
from core.demo import GIVEN, SURNAMES, DemoCompany
from core.history import one_entry
from core.people.rights.holding import name_of
from core.worklist.events import happened
from plugins.conduct import models
from plugins.conduct.checks import numbered
from plugins.conduct.fines import keep_fine
from plugins.conduct.rules import names as n

log = logging.getLogger(__name__)

PLUGIN = "conduct"
STAFF = 24
A_YEAR = 365
DEPARTMENT = "客户服务部"
JOBS = ("收费员", "抄表员", "维修员", "营业员")
OFFENCES = (
    ("1", "GPN-R01", "业主、住户投诉服务态度差，情况属实，尚未造成较大影响", "75"),
    ("2", "GPN-R02", "无故不参加培训、会议或公司活动", "50"),
    ("3", "GPN-R03", "负有督查责任，发现问题不制止、不上报", "100"),
    ("4", "GPN-R04", "违反操作规程或规章制度，造成隐患", "200"),
    ("5", "GPN-R05", "因个人原因延误业主活动", "80"),
    ("6", "GPN-R06", "顶撞或不服从上司合理的工作指令", "200"),
    ("7", "GPN-R07", "说不利于团结的话，或散布损害小区、公司利益的言论", ""),
    ("8", "GPN-R08", "在公共场所与同事或客户争吵，影响恶劣", ""),
    ("9", "GPN-R09", "擅离工作岗位或值班时玩忽职守，影响公司", "200"),
    ("10", "GPN-R10", "因个人责任造成业主停气或其他较大事故", "200"),
    ("11", "GPN-R11", "损害住户利益，引起投诉", "60"),
    ("12", "GPN-R12", "资料填写不完整或字迹不清", "200"),
    ("13-1", "GPN-R13", "开气、安装后未检测，未造成隐患", "300"),
    ("13-2", "GPN-R14", "开气、安装后未检测，造成隐患", "800"),
    ("13-3", "GPN-R15", "开气、安装后未检测，情节严重", ""),
    ("14", "GPN-R16", "资料录入出错或未及时更正", "100"),
)
TIERS = {"GPN-R13": n.NO_HAZARD, "GPN-R14": n.HAZARD, "GPN-R15": n.SERIOUS}
USUAL = (0, 0, 1, 3, 4, 8, 10, 11, 11, 12, 15, 15, 15)
"""Which offences happen, the frequent ones more often."""
BREACHES = 36
APPEAL_TEXT = "当时由值班长安排离岗送资料，有记录可查，请复核。"
PLACES = ("营业厅", "和平里小区", "阳光花园", "调压站", "会议室")


def fill(company: DemoCompany) -> None:
    """A year of slips that ends yesterday; the same each time for the same day."""
    for branch in company.branches_with(PLUGIN):
        # Nobody entered the example data: one entry in the history says that it was put in.
        with branch_scope(branch.id), one_entry(company.session, Branch, branch.id, example_data=True):
            _office(company, branch)


def _office(company: DemoCompany, branch: Branch) -> None:
    random = Random(f"conduct {branch.code}")  # noqa: S311 - example data, not secrets
    session, today = company.session, company.today(branch)
    head = company.user_id(f"{branch.code}.department-head")
    approver = company.user_id(f"{branch.code}.approver")
    staff = _staff(session, random, company.user_id(f"{branch.code}.employee"))
    offences = _tariff(session, head, approver)
    days = sorted(today - timedelta(days=random.randint(1, A_YEAR)) for _each in range(BREACHES))
    for number, day in enumerate(days):
        appeals = number % 9 == 4 and day < today - timedelta(days=8)
        slip = _slip(session, random.choice(staff), offences[random.choice(USUAL)], day, head)
        if appeals:
            _appeal(session, slip, day + timedelta(days=2), head, called_off=number % 2 == 0)
    open_days = (3, 1)
    for back, state in zip(open_days, (n.DRAFTED, n.ISSUED), strict=True):
        slip = _drafted(session, staff[0], offences[0], today - timedelta(days=back))
        if state == n.ISSUED:
            _issued(session, slip, today - timedelta(days=back), head)
    _open_appeal(session, staff[0], offences[3], today, head)
    session.flush()
    log.info("%s: %d slips of a year", branch.code, BREACHES)


def _staff(session: Session, random: Random, account: int | None) -> list[models.Employee]:
    """The first is the person whose account has the position of a staff member."""
    named = session.get(User, account) if account is not None else None
    made = [
        models.Employee(
            number=f"E{number + 1:03d}",
            name=random.choice(SURNAMES) + random.choice(GIVEN),
            department=DEPARTMENT,
            job=JOBS[number % len(JOBS)],
            joined_on=date(2010 + number % 12, 1 + number % 12, 1),
            user_id=account if number == 0 else None,
        )
        for number in range(STAFF)
    ]
    if named is not None:
        made[0].name = name_of(named)
    session.add_all(made)
    session.flush()
    return made


def _tariff(session: Session, head: int | None, approver: int | None) -> list[models.Offence]:
    day = date(2013, 3, 14)
    tariff = models.OffenceTariff(
        name="客户服务部惩罚管理制度（2013 版）",
        effective_on=day,
        state=n.PUBLISHED,
        signed_by_head=head,
        signed_by_approver=approver,
        published_on=day,
    )
    session.add(tariff)
    session.flush()
    made = [
        models.Offence(tariff_id=tariff.id, number=number, rule=rule, says=says)
        for number, rule, says, _fine in OFFENCES
    ]
    session.add_all(made)
    session.flush()
    return made


def _slip(
    session: Session, employee: models.Employee, offence: models.Offence, day: date, head: int | None
) -> models.Slip:
    slip = _drafted(session, employee, offence, day)
    _issued(session, slip, day + timedelta(days=1), head)
    slip.signed_on = slip.effective_on = slip.issued_on
    slip.state = n.EFFECTIVE
    session.flush()
    fined = models.Measure(
        slip_id=slip.id,
        kind=n.FINE if slip.fine else n.WARNING,
        asked_on=slip.effective_on,
        state=n.GRANTED,
        decided_on=slip.effective_on,
        decided_by=head,
    )
    session.add(fined)
    return slip


def _drafted(session: Session, employee: models.Employee, offence: models.Offence, day: date) -> models.Slip:
    fine = next(fine for _number, rule, _says, fine in OFFENCES if rule == offence.rule)
    slip = models.Slip(
        number=numbered(session),
        employee_id=employee.id,
        subject_id=employee.user_id,
        occurred_on=day,
        place=PLACES[day.day % len(PLACES)],
        offence_id=offence.id,
        consequence=TIERS.get(offence.rule),
        facts=f"{day.month}月{day.day}日，{employee.name}{offence.says}，经核实属实。",
        evidence="现场照片、当班记录",
        opinion="已谈话教育，按处罚条目处理，限期改正。",
        fine=Decimal(fine) if fine else None,
        educated_on=day,
        state=n.DRAFTED,
    )
    session.add(slip)
    session.flush()
    return slip


def _issued(session: Session, slip: models.Slip, day: date, head: int | None) -> None:
    slip.issued_on, slip.issued_by, slip.state = day, head, n.ISSUED
    slip.appeal_until = day + timedelta(days=3)
    session.flush()
    keep_fine(session, slip)
    happened(session, f"{n.SLIP}.issued", [slip], day, head)


def _open_appeal(
    session: Session, employee: models.Employee, offence: models.Offence, today: date, head: int | None
) -> None:
    """A slip of three days ago, appealed against yesterday: its answer is owed."""
    slip = _drafted(session, employee, offence, today - timedelta(days=3))
    _issued(session, slip, today - timedelta(days=2), head)
    filed = today - timedelta(days=1)
    appeal = models.Appeal(
        slip_id=slip.id,
        subject_id=slip.subject_id,
        text=APPEAL_TEXT,
        filed_on=filed,
        answer_until=filed + timedelta(days=7),
        state=n.FILED,
    )
    session.add(appeal)
    session.flush()
    happened(session, f"{n.APPEAL}.added", [appeal], filed, slip.subject_id)


def _appeal(session: Session, slip: models.Slip, day: date, head: int | None, *, called_off: bool) -> None:
    appeal = models.Appeal(
        slip_id=slip.id,
        subject_id=slip.subject_id,
        text=APPEAL_TEXT,
        filed_on=day,
        answer_until=day + timedelta(days=7),
        state=n.ANSWERED,
        answer="复核值班记录，情况属实，撤销处罚。" if called_off else "复核无误，维持原处罚。",
        outcome=models.CALLED_OFF if called_off else models.UPHELD,
        answered_on=day + timedelta(days=4),
        answered_by=head,
    )
    session.add(appeal)
    session.flush()
    happened(session, f"{n.APPEAL}.added", [appeal], day, slip.subject_id)
    happened(session, f"{n.APPEAL}.answered", [appeal], appeal.answered_on, head)
    if called_off:
        slip.state = n.CANCELLED
