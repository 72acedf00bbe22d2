"""The cases that are measured, each with its goal, and the lines that are printed of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row
from rounds import Load, Measured, in_turn
from statements import TIMES, WARM, Log
from systems import System

import million
from pages import Page

PAGES_ON = 1000
SORTED = ("number", "name", "address", "use_class", "phone", "state")
FORMS, TEXTS = 200, 40
MOST_SAVES, A_SAVE_OF = 4_000, 300
FIRST_NUMBER = "00000001"
COMPARED_WITH = "flask-appbuilder"
EDITED = (
    "id", "number", "name", "phone", "address", "use_class", "tariff_id", "route_id", "read_order", "opened_on",
    "state", "hold_reason", "pricing_year_month", "pricing_year_day", "row_version",
)  # fmt: skip


@dataclass(frozen=True)
class Goal:
    """How many times faster (or, below 1, slower) than what it is compared with; `most` turns it round."""

    times: float
    most: bool = False

    def met(self, ratio: float) -> bool:
        return ratio <= self.times if self.most else ratio >= self.times


GOALS = {
    "first page": Goal(10),
    "search, two characters": Goal(50),
    "search, three characters": Goal(50),
    "edit form": Goal(2),
    "saving": Goal(1),
    "REST list": Goal(12),
}
LATER = Goal(0.8)


class Data:
    """What the cases need to know of the accounts; read past the gates."""

    def __init__(self, url: str, branch_id: int) -> None:
        self.connection = psycopg.connect(url, autocommit=True, row_factory=dict_row)
        self.branch_id = branch_id
        self.next_row = 1

    def close(self) -> None:
        self.connection.close()

    def rows(self, many: int) -> list[dict[str, Any]]:
        """Accounts of the branch that no case has had yet, far from one another."""
        wanted = f"""SELECT {", ".join(EDITED)} FROM gas_account
                     WHERE branch_id = %s AND id %% 7 = 3 AND id >= %s ORDER BY id"""
        found = self.connection.execute(
            f"{wanted} LIMIT %s", [self.branch_id, self.next_row, many]
        ).fetchall()
        self.next_row = found[-1]["id"] + 1
        return found

    def texts(self, length: int) -> Iterator[tuple[str, str]]:
        """Pieces of residents' names, in turn from the beginning and from the end of a name; and the number of the
        first account that has each."""
        names = "SELECT name FROM gas_account WHERE branch_id = %s AND use_class = 'resident' AND length(name) >= %s"
        found = self.connection.execute(
            f"{names} AND id %% 997 = 5 ORDER BY id LIMIT %s", [self.branch_id, length, TEXTS]
        ).fetchall()
        for number, row in enumerate(found):
            text = row["name"][:length] if number % 2 else row["name"][-length:]
            first = (
                "SELECT min(number) AS number FROM gas_account WHERE branch_id = %s AND strpos(name, %s) > 0"
            )
            yield text, self.connection.execute(first, [self.branch_id, text]).fetchone()["number"]

    def phones(self, ids: Sequence[int]) -> dict[int, str]:
        found = "SELECT id, phone FROM gas_account WHERE id = ANY (%s)"
        return {row["id"]: row["phone"] for row in self.connection.execute(found, [list(ids)])}


@dataclass
class Bench:
    """Runs the cases and tells of them line by line."""

    zhidu: System
    peers: Sequence[System]
    data: Data
    log: Log
    tell: Callable[[str], None]

    @property
    def all(self) -> list[System]:
        return [self.zhidu, *self.peers]

    def run(self) -> None:
        self.warm_up()
        self.side_by_side("first page", self.first_page)
        self.later_pages()
        for length, word in ((2, "two"), (3, "three")):
            texts = list(self.data.texts(length))
            case = f"search, {word} characters"
            self.side_by_side(case, lambda system, texts=texts: search(system, texts))
            self.side_by_side(
                f"{case}, by an address",
                lambda system, texts=texts: search(system, texts, exchanged=False),
                systems=[self.zhidu, next(each for each in self.peers if each.name == COMPARED_WITH)],
            )
        forms = self.data.rows(FORMS)
        self.side_by_side("edit form", lambda system: edit_forms(system, forms))
        self.saving()
        with_rest = [each for each in self.all if each.rest_path]
        self.side_by_side("REST list", lambda system: rest(system), systems=with_rest, by_token=True)

    def warm_up(self) -> None:
        """As much as a case takes, unmeasured: else the first case would also pay for what each process reads once."""
        for each in self.all:
            each.log_in()
        in_turn(*(Load(plan_of(each), self.first_page(each)) for each in self.all))

    def first_page(self, system: System) -> list[dict[str, Any]]:
        return [{"path": system.list(), "holds": FIRST_NUMBER}]

    def side_by_side(
        self,
        case: str,
        asked: Callable[[System], list[dict[str, Any]]],
        systems: Sequence[System] | None = None,
        by_token: bool = False,
    ) -> None:
        """A case on every system; Flask-AppBuilder is what the others are compared with."""
        systems = systems or self.all
        for each in systems:
            each.log_in()
        plans = [plan_of(each, by_token) for each in systems]
        requests = [asked(each) for each in systems]
        with self.log.watched():
            counts = [
                self.log.counted(each.role, plan, some)
                for each, plan, some in zip(systems, plans, requests, strict=True)
            ]
        measured = in_turn(*(Load(plan, some) for plan, some in zip(plans, requests, strict=True)))
        self.tell_all(case, systems, measured, counts)

    def tell_all(
        self, case: str, systems: Sequence[System], measured: Sequence[Measured], counts: Sequence[int]
    ) -> None:
        compared = next(
            one for each, one in zip(systems, measured, strict=True) if each.name == COMPARED_WITH
        )
        for each, one, count in zip(systems, measured, counts, strict=True):
            goal = GOALS.get(case) if each is self.zhidu else None
            self.tell(line(case, each.name, one, count, one.per_second / compared.per_second, goal))

    def later_pages(self) -> None:
        """Zhidu's own pages against its first one, both in the same rounds."""
        later = min(PAGES_ON, int(million.accounts_wanted() * million.SHARE) // 25)
        page = self.zhidu.get(self.zhidu.list(page=str(later - 1)))
        by_link = next(each for each in Page(page).links if f"page={later}" in each)
        cases = {
            f"page {later}, by its link": [by_link],
            f"page {later}, typed": [self.zhidu.list(page=str(later))],
            **{
                f"sorted by {name}": [self.zhidu.list(sort=name), self.zhidu.list(sort=name, dir="desc")]
                for name in SORTED
            },
        }
        for case, paths in cases.items():
            self.zhidu.log_in()
            plan, asked = plan_of(self.zhidu), [{"path": path, "holds": "/gas/account/"} for path in paths]
            with self.log.watched():
                count = self.log.counted(self.zhidu.role, plan, asked)
            first, one = in_turn(Load(plan, self.first_page(self.zhidu)), Load(plan, asked))
            ratio = one.per_second / first.per_second
            self.tell(line(case, self.zhidu.name, one, count, ratio, LATER, "first page"))

    def saving(self) -> None:
        """Every save changes an account's telephone; at the end the database is asked whether they are all there."""
        measured, counts = [], []
        many = min(MOST_SAVES, million.accounts_wanted() // A_SAVE_OF)
        for each in self.all:
            each.log_in()
            rows = [{**row, "phone": f"138{row['id']:08}"} for row in self.data.rows(many)]
            requests = each.saves(rows)
            plan, counting = plan_of(each), WARM + TIMES
            with self.log.watched():
                counts.append(self.log.counted(each.role, plan, requests[:counting]))
            one = in_turn(Load(plan, requests[counting:], once=True))[0]
            measured.append(one)
            done = self.data.phones([row["id"] for row in rows])
            saved = sum(done[row["id"]] == row["phone"] for row in rows)
            assert saved >= len(one.milliseconds), f"{each.name} saved {saved} of {len(one.milliseconds)}"
        self.tell_all("saving", self.all, measured, counts)


def search(system: System, texts: Sequence[tuple[str, str]], exchanged: bool = True) -> list[dict[str, Any]]:
    """As each program's own page asks when somebody types into its search box; else as a saved address does, which
    every program answers with a whole page."""
    headers = dict(system.exchanges) if exchanged else {}
    return [{"path": system.search(text), "holds": number, "headers": headers} for text, number in texts]


def edit_forms(system: System, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"path": system.form(row["id"]), "holds": row["name"]} for row in rows]


def rest(system: System) -> list[dict[str, Any]]:
    return [{"path": system.rest(), "holds": FIRST_NUMBER}]


def plan_of(system: System, by_token: bool = False) -> dict[str, Any]:
    return {"port": system.port, "headers": system.rest_headers if by_token else system.headers}


def line(
    case: str,
    system: str,
    measured: Measured,
    statements: int,
    ratio: float | None,
    goal: Goal | None,
    compared_with: str = COMPARED_WITH,
) -> str:
    """A case of a system as JSON. A goal is the least ratio, unless it says that it is the most."""
    return json.dumps(
        {
            "case": case,
            "system": system,
            "requests_per_second": round(measured.per_second, 2),
            "p50_ms": round(measured.p50, 2),
            "p95_ms": round(measured.p95, 2),
            "statements": statements,
            "compared_with": compared_with if ratio is not None else None,
            "ratio": None if ratio is None else round(ratio, 2),
            "goal": None if goal is None else goal.times,
            "met": None if goal is None or ratio is None else goal.met(ratio),
        },
        ensure_ascii=False,
    )
