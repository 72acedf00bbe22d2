"""Tokens are kept with their rows, whatever way a row is written, and made for rows that stand already."""
# zh-ok-file: names that are looked for

from __future__ import annotations

import pytest
from shop.models import Customer
from sqlalchemy import delete, func, insert, select, update

from company import Company, counted, customer_values
from core.branches import branch_scope, setwise
from core.history import one_entry
from core.keeping.doctor import look_over
from core.search import rebuilding
from core.search.models import SearchState, SearchToken
from core.search.plans import plan_of


def found(company: Company, text: str, branch: str = "east") -> list[str]:
    """The names that the picker answers."""
    clerk = company.client_of({"east": "east.clerk", "west": "west.manager"}[branch])
    return [
        each["label"] for each in clerk.get("/shop/customer/picker", query_string={"q": text}).json["results"]
    ]


def tokens_of(company: Company, record_id: int) -> int:
    with company.session() as session:
        return session.scalar(select(func.count()).where(SearchToken.record_id == record_id)) or 0


def test_added_edited_and_deleted(company: Company):
    key = company.put("east", Customer(**customer_values(name="单雄信")))
    assert [found(company, each) for each in ("单雄", "信", "sxx", "dxx", "shanx")] == [["单雄信"]] * 5
    with company.session("east") as session:
        session.get_one(Customer, key).name = "查良镛"
    assert found(company, "zly") == ["查良镛"]
    assert found(company, "sxx") == found(company, "雄信") == []
    with company.session("east") as session:
        session.get_one(Customer, key).visits = 3
    assert found(company, "良镛") == ["查良镛"]
    with company.session("east") as session:
        session.delete(session.get_one(Customer, key))
    assert tokens_of(company, key) == 0


def test_only_what_changed_is_written_anew(company: Company):
    key = company.put("east", Customer(**customer_values(name="仇天海")))
    with counted(company.database) as statements, company.session("east") as session:
        row = session.get_one(Customer, key)
        row.name, row.visits = "仇天海", 3  # as a form does, which puts every field
    assert [each for each in statements if each.startswith("UPDATE shop_customer")]
    assert not [each for each in statements if "core_search_token" in each]
    assert found(company, "仇天") == ["仇天海"]


def test_what_is_rolled_back_leaves_nothing(company: Company):
    with (
        company.app.app_context(),
        branch_scope(company.branches["east"]),
        company.database.sessions() as session,
    ):
        session.add(Customer(**customer_values(name="仇未然")))
        session.flush()
        assert session.scalar(select(SearchToken.record_id).where(SearchToken.token == "qwr"))
        session.rollback()
    assert found(company, "qwr") == found(company, "仇未然") == []
    with company.session() as session:
        assert session.scalar(select(SearchToken.record_id).where(SearchToken.token == "qwr")) is None


def test_statements_over_mapped_classes(company: Company):
    keys = [company.put("east", Customer(**customer_values(name="区一鸣"))) for _ in range(2)]
    other = company.put("west", Customer(**customer_values(name="区一鸣")))
    with company.session("east") as session:
        session.execute(update(Customer).where(Customer.name == "区一鸣").values(name="解一鸣"))
    assert found(company, "xym") == ["解一鸣"] * 2
    assert found(company, "oym") == []
    assert found(company, "oym", "west") == ["区一鸣"]
    with company.session("east") as session:
        session.execute(delete(Customer).where(Customer.id.in_([*keys, other])))
    assert [tokens_of(company, each) for each in keys] == [0, 0]
    assert tokens_of(company, other) > 0


def test_rows_that_are_put_in_set_wise(company: Company):
    with company.session("east") as session:
        rows = [customer_values(name=name, since=None) for name in ("曾先后", "曾后来")]
        setwise.insert_rows(session, Customer, rows)
    assert found(company, "zxh") == ["曾先后"]
    with company.session("east") as session, one_entry(session, Customer, 1):
        setwise.insert_rows(session, Customer, [customer_values(name="曾同时")])
    assert found(company, "zengtong") == ["曾同时"]


def test_rows_that_one_statement_makes_of_others(company: Company):
    company.put("west", Customer(**customer_values(name="万俟远")))
    for name in ("万俟先", "万俟后"):
        company.put("east", Customer(**customer_values(name=name)))
    table = setwise.table_of(Customer)
    with company.session("east") as session:
        names = ["number", "name", "kind", "credit", "visits", "vip"]
        source = select(
            func.replace(table.c.number, "N", "X"),
            table.c.name + "生",
            *(table.c[each] for each in names[2:]),
        ).where(table.c.name.startswith("万俟"))
        assert setwise.insert_select(session, Customer, names, source) == 2
    assert sorted(found(company, "mqxs")) == ["万俟先生"]
    assert sorted(found(company, "moqi")) == ["万俟先", "万俟先生", "万俟后", "万俟后生"]
    assert found(company, "moqi", "west") == ["万俟远"]


def test_rows_that_are_changed_and_deleted_set_wise(company: Company):
    key = company.put("east", Customer(**customer_values(name="任先行")))
    table = setwise.table_of(Customer)
    with company.session("east") as session:
        # The statement changes what it chooses its rows by.
        changed = update(table).where(table.c.name == "任先行").values(name="华后行")
        assert setwise.change(session, Customer, changed) == 1
    assert found(company, "hhx") == ["华后行"]
    assert found(company, "rxx") == []
    with company.session("east") as session:
        assert setwise.change(session, Customer, delete(table).where(table.c.name == "华后行")) == 1
    assert tokens_of(company, key) == 0


def test_writing_many_rows_takes_few_statements(company: Company):
    with company.session("east") as session:
        rows = [Customer(**customer_values(name=f"仇{n}")) for n in range(40)]
        with counted(company.database) as adding:
            session.add_all(rows)
            session.flush()
        for each in rows:
            each.name = each.name.replace("仇", "单")
        with counted(company.database) as changing:
            session.flush()
        # What holds a row against others changes nothing of it.
        table = setwise.table_of(Customer)
        with counted(company.database) as holding:
            held = update(table).where(table.c.id == rows[0].id).values(number=table.c.number)
            setwise.change(session, Customer, held)
    assert len([each for each in adding if "core_search_token" in each]) == 1
    renewing = 2 if company.database.is_sqlite else 1
    assert len([each for each in changing if "core_search_token" in each]) == renewing
    assert [each for each in holding if "core_search_token" in each] == []
    assert len(found(company, "单3")) == 11


def test_people_are_found_though_they_belong_to_no_branch(company: Company):
    company.add_person("li.ping", "east", "shop.clerk")
    admin = company.client_of("admin")
    label = admin.get("/core/person/picker?q=li.ping").json["results"]
    assert len(label) == 1
    with company.session() as session:
        company.user(session, "li.ping").last_name = "覃平"
    for text in ("qp", "tanping", "覃平", "覃"):
        assert [each["label"] for each in admin.get(f"/core/person/picker?q={text}").json["results"]] == [
            "覃平"
        ]


# ---------------------------------------------------------------- standing rows


@pytest.fixture
def unsearched(own_company: Company) -> list[int]:
    """Five customers whose tokens were lost, and tokens of one who is gone."""
    keys = [own_company.put("east", Customer(**customer_values(name=f"燕{each}"))) for each in "甲乙丙丁戊"]
    with own_company.session() as session:
        session.execute(delete(SearchToken))
        session.execute(delete(SearchState))
        plan = plan_of(Customer)
        lost = {"field_id": plan.fields[0].id, "token": "gone", "record_id": keys[-1] + 7}
        values = [{"branch_id": own_company.branches["east"], **lost}]
        session.execute(insert(SearchToken), values)
    return keys


def plans() -> list:
    return [plan_of(Customer)]


def test_standing_rows_get_their_tokens_chunk_by_chunk(own_company: Company, unsearched):
    sessions, told = own_company.database.sessions, []
    assert found(own_company, "yanjia") == []
    rebuilding.bring_up(sessions, plans(), told.append, chunk=2)
    assert [(each.upto - unsearched[0], each.done) for each in told] == [(1, False), (3, False), (4, True)]
    assert found(own_company, "yanjia") == ["燕甲"]
    assert found(own_company, "燕") == [f"燕{each}" for each in "甲乙丙丁戊"]
    with own_company.session() as session:
        assert session.scalar(select(SearchToken.token).where(SearchToken.token == "gone")) is None
        assert rebuilding.behind(session, plans()) == []
    told.clear()
    rebuilding.bring_up(sessions, plans(), told.append)
    assert told == []


def test_what_was_broken_off_goes_on_where_it_was(own_company: Company, unsearched):
    sessions, told = own_company.database.sessions, []

    def break_off(made: rebuilding.Made) -> None:
        told.append(made.upto)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.bring_up(sessions, plans(), break_off, chunk=2)
    assert found(own_company, "燕") == ["燕甲", "燕乙"]
    rebuilding.bring_up(sessions, plans(), lambda made: told.append(made.upto), chunk=2)
    assert told == [unsearched[1], unsearched[3], unsearched[4]]
    assert len(found(own_company, "燕")) == 5


def test_the_doctor_and_the_probe_tell_what_is_not_found(own_company: Company, unsearched):
    def said() -> list[tuple[str, str]]:
        with own_company.app.test_request_context():
            return [(each.state, each.text) for each in look_over(own_company.app) if each.check == "search"]

    probe = own_company.app.test_client()
    assert said() == [("fail", "Records are not found by what they hold: shop_customer.")]
    every = {plan_of(each.model) for each in own_company.installation.entities.values()} - {None}
    rebuilding.bring_up(own_company.database.sessions, list(every), lambda _made: None)
    assert [state for state, _ in said()] == ["ok"]
    assert probe.get("/readyz").json["search"] == "ok"
    with own_company.session() as session:
        session.execute(delete(SearchToken).where(SearchToken.record_id == unsearched[2]))
    assert said() == [("fail", "Records are not found by what they hold: shop_customer.")]
    rebuilding.start_again(own_company.database.sessions, plans())
    assert [state for state, _ in said()] == ["warn"]
    ready = probe.get("/readyz")
    assert (ready.status_code, "zhidu search rebuild" in ready.json["search"]) == (200, True)
    rebuilding.bring_up(own_company.database.sessions, plans(), lambda _made: None)
    assert [state for state, _ in said()] == ["ok"]


def test_an_empty_installation_keeps_no_account_and_what_came_later_is_only_looked_at(own_company: Company):
    told = []
    with own_company.session() as session:
        assert session.scalars(select(SearchState)).all() == []
    rebuilding.bring_up(own_company.database.sessions, plans(), told.append)
    with own_company.session() as session:
        assert session.scalars(select(SearchState)).all() == []
    own_company.put("east", Customer(**customer_values(name="燕来")))
    rebuilding.bring_up(own_company.database.sessions, plans(), told.append)
    with own_company.session() as session:
        assert session.scalars(select(SearchState)).one().done
    assert told == []


def test_another_description_makes_the_tokens_anew(own_company: Company, unsearched):
    sessions = own_company.database.sessions
    rebuilding.bring_up(sessions, plans(), lambda _made: None)
    with own_company.session() as session:
        session.scalars(select(SearchState)).one().made_as = "another"
    with own_company.session() as session:
        assert rebuilding.behind(session, plans()) == plans()
    told = []
    rebuilding.bring_up(sessions, plans(), told.append)
    assert [each.done for each in told] == [True]
