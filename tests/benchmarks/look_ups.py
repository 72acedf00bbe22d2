"""The search of everything against the bare look-up of names by their tokens.

The goal is a ratio of times, at most three. A statement alone takes a millisecond or two, which any page of any program
passes by its sending and receiving alone, so a page is not held against it. What is compared is the whole answer that
the box in the top bar gets, as JSON, with all that it is there for (who asks, their rights, every entity that they may
see), against the same look-up behind a plain Flask page that knows nobody: the same server, as many processes and
threads, the same clients, in the same rounds, up to 20 records each. The page for people and the statement alone are
measured beside them, without a goal.
"""

from __future__ import annotations

from urllib.parse import quote

from cases import Bench, Goal, line, plan_of
from rounds import Load, in_turn
from systems import PEERS, System

GOAL = Goal(3, most=True)
BARE = "bare token look-up"
LOOK_UP = (PEERS / "look_up.sql").read_text(encoding="utf-8")


def field_of_names() -> int:
    """The number of the tokens of accounts' names."""
    from core.entities.searching import plan_for
    from plugins.gas.entities.accounts import ACCOUNT

    plan = plan_for(ACCOUNT)
    assert plan is not None
    return next(each.id for each in plan.fields if each.name == "name")


def run(bench: Bench, bare: System, url: str) -> None:
    """Measure all four. `url` is the application's address of the database."""
    zhidu, data = bench.zhidu, bench.data
    texts = [*data.texts(2), *data.texts(3)]
    zhidu.log_in()
    plan, by_token = plan_of(zhidu), plan_of(zhidu, by_token=True)
    page = [{"path": f"/search/?q={quote(text)}", "holds": f">{number}<"} for text, number in texts]
    answer = [
        {"path": f"/api/v1/search?limit=20&q={quote(text)}", "holds": f'"{number}"'} for text, number in texts
    ]
    behind_flask = [{"path": f"/?q={quote(text)}", "holds": f'"{number}"'} for text, number in texts]
    statement = {
        "url": url,
        "first": [f"SELECT set_config('zhidu.readable', '{data.branch_id}', false)"],
        "sql": LOOK_UP,
    }
    given = [
        {
            "given": {
                "branch": data.branch_id,
                "field": field_of_names(),
                "from": text,
                "to": text + "\U0010ffff",
            }
        }
        for text, _number in texts
    ]
    with bench.log.watched():
        counts = [bench.log.counted(zhidu.role, plan, page), bench.log.counted(zhidu.role, by_token, answer)]
    paged, answered, looked_up, alone = in_turn(
        Load(plan, page), Load(by_token, answer), Load(plan_of(bare), behind_flask), Load(statement, given)
    )
    bench.tell(line("bare token look-up, the statement alone", "postgresql", alone, 1, None, None))
    bench.tell(line(BARE, "flask", looked_up, 1, None, None))
    for case, one, count, goal in (
        ("global search, the page", paged, counts[0], None),
        ("global search", answered, counts[1], GOAL),
    ):
        bench.tell(line(case, zhidu.name, one, count, one.p50 / looked_up.p50, goal, BARE))
