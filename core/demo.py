"""The demonstration company: its branches and people; plugins fill in their own example data."""
# zh-ok-file: names of the example company and its people

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import BRANCH, HEAD_OFFICE, Branch, BranchPlugin
from core.branches.scope import branch_scope, system_scope
from core.branches.switches import CORE
from core.data import clock
from core.installation import Installation
from core.measures.keeping import keep_all
from core.people.positions import Position
from core.people.service import ADMINISTRATOR, add_person, appoint, hash_password
from core.worklist.planner import plan_night

log = logging.getLogger(__name__)

BRANCHES = (
    ("hq", "总部", "Head office", ()),
    ("gas-east", "城东燃气分公司", "Gas East", ("gas", "conduct")),
    ("gas-west", "城西燃气分公司", "Gas West", ("gas", "conduct")),
    ("deco", "装饰设计分公司", "Decoration", ("decoration", "conduct")),
    ("soft", "软件服务分公司", "Software", ("support",)),
    ("mixed", "综合分公司", "Mixed", ("gas", "decoration", "conduct")),
)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗"
GIVEN = (
    "建国",
    "秀英",
    "志强",
    "桂兰",
    "海燕",
    "文静",
    "国庆",
    "晓东",
    "丽华",
    "明辉",
)


@dataclass
class DemoCompany:
    """What a plugin's `demo` hook is given: session, branches, the day that the data is made up to, its size."""

    session: Session
    branches: dict[str, Branch]
    switched_on: dict[str, tuple[str, ...]]
    most: int | None = None

    def branch(self, code: str) -> Branch:
        return self.branches[code]

    def branches_with(self, plugin: str) -> list[Branch]:
        """The branches where a plugin is switched on."""
        return [branch for code, branch in self.branches.items() if plugin in self.switched_on[code]]

    def today(self, branch: Branch) -> date:
        return clock.today(branch.time_zone)

    def size(self, usual: int) -> int:
        """How many customers a branch gets that usually has `usual`: no more than ZHIDU_DEMO_ACCOUNTS says."""
        return usual if self.most is None else min(usual, self.most)

    def user_id(self, username: str) -> int | None:
        """The id of a demo account, or None."""
        from flask_appbuilder.security.sqla.models import User

        return self.session.scalar(select(User.id).where(User.username == username))


def is_empty(session: Session) -> bool:
    """Whether the installation has no branch yet."""
    return session.scalar(select(Branch.id).limit(1)) is None


def load(installed: Installation, session: Session, password: str) -> list[str]:
    """Make the company; answers the user names of its accounts, which all have `password`. Commits at the end."""
    running = {each.id for each in installed.host.active}
    hashed = hash_password(password)
    with system_scope("loading the demonstration company"):
        branches = _branches(session)
        on = {
            code: tuple(each for each in plugins if each in running) for code, _zh, _en, plugins in BRANCHES
        }
        for code, plugins in on.items():
            session.add_all(
                BranchPlugin(branch_id=branches[code].id, plugin=plugin, enabled=True) for plugin in plugins
            )
        company = DemoCompany(session, branches, on, installed.settings.demo_accounts)
        names = _people(installed, session, company, hashed)
    for owner, fill in installed.host.implementations("demo"):
        log.info("demonstration data of %s", owner)
        fill(company=company)
    _plan(session, company)
    session.commit()
    return names


def _plan(session: Session, company: DemoCompany) -> None:
    """The planner's night before today, so that what is owed stands there at once; then the figures of all of it."""
    for branch in company.branches.values():
        with branch_scope(branch.id):
            plan_night(session, company.today(branch))
            keep_all(session, company.today(branch))


def _branches(session: Session) -> dict[str, Branch]:
    made: dict[str, Branch] = {}
    for code, name_zh, name_en, _plugins in BRANCHES:
        kind = HEAD_OFFICE if code == "hq" else BRANCH
        parent = made["hq"].id if made else None
        made[code] = Branch(code=code, name_zh=name_zh, name_en=name_en, kind=kind, parent_id=parent)
        session.add(made[code])
        session.flush()
    return made


def _people(installed: Installation, session: Session, company: DemoCompany, hashed: str) -> list[str]:
    """`admin`, one account for each position of the plugins of each branch (`gas-east.cashier`), and those who keep the
    rule book at the head office (`hq.rule-keeper`)."""
    since = date(2020, 1, 1)
    admin = add_person(session, "admin", SURNAMES[0] + GIVEN[0], "", hashed=hashed)
    appoint(session, admin.id, company.branch("hq").id, ADMINISTRATOR, since)
    names = ["admin"]
    for code, plugins in company.switched_on.items():
        for position in installed.positions.values():
            if position.plugin not in plugins and not (code == "hq" and _is_of_head_office(position)):
                continue
            username, number = f"{code}.{position.name}", len(names)
            known = company.user_id(username)
            name = SURNAMES[number % len(SURNAMES)] + GIVEN[number // 2 % len(GIVEN)]
            person_id = (
                known if known is not None else add_person(session, username, name, "", hashed=hashed).id
            )
            appoint(session, person_id, company.branch(code).id, position.id, since)
            names += [] if known is not None else [username]
    session.flush()
    return names


def _is_of_head_office(position: Position) -> bool:
    """Whether it keeps the rule book for all branches; the administrator has an account of another name."""
    return position.plugin == CORE and position.id != ADMINISTRATOR


def account_names(session: Session) -> list[str]:
    """The user names of the demonstration company's accounts; none in a real installation."""
    from flask_appbuilder.security.sqla.models import User

    codes = {code for code, _zh, _en, _plugins in BRANCHES}
    if {*session.scalars(select(Branch.code))} < codes:
        return []
    names = session.scalars(select(User.username).order_by(User.id))
    return [name for name in names if name == "admin" or (name.partition(".")[0] in codes and "." in name)]


def in_columns(names: list[str], width: int = 26, columns: int = 3) -> list[str]:
    """Names set out in columns for a terminal."""
    rows = [names[start : start + columns] for start in range(0, len(names), columns)]
    return ["".join(name.ljust(width) for name in row).rstrip() for row in rows]
