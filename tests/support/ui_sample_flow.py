"""Sample contexts of workflows, approvals and call lists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wtforms import Form, TextAreaField

from core.workflow.diagram import drawn
from core.workflow.kinds import State, Transition, Workflow
from ui_sample_words import Say

MOMENT = datetime(2026, 11, 22, 2, 3, tzinfo=UTC)


def flow(t: Say) -> dict[str, dict[str, Any]]:
    entity = {"label": t("Leave", "休假申请"), "label_plural": t("Leave", "休假申请")}
    waiting = {
        "label": t("Transition", "流转"),
        "value": t("Grant", "批准"),
    }
    decide = {
        "title": t("Decide: leave in May", "审批：五月休假"),
        "entity": entity,
        "record_url": "/leave/1",
        "facts": [waiting, {"label": t("Asked for at", "申请时间"), "value": MOMENT}],
        "said": [{"who": t("Wang Min", "王敏"), "at": MOMENT, "why": t("She has earned it.", "理应休息。")}],
        "form": one_text("why", t("Why", "理由"), t("Say why.", "请写明原因。")),
    }
    call = {
        "title": t("Call: late bill", "致电：逾期账单"),
        "back_url": "/core/outgoing/1",
        "entity": entity,
        "facts": [{"label": t("Number", "号码"), "value": "13800001111", "wide": False}],
        "form": one_text(
            "result",
            t("Result of the call", "通话结果"),
            t("Write what the call brought.", "请填写通话结果。"),
        ),
    }
    approvals = {
        "title": t("Approvals that wait for me", "待我审批"),
        "columns": [{"label": t("Matter", "事项")}, {"label": t("Asked for at", "申请时间")}],
        "rows": [{"url": "/core/approval/1", "cells": [{"value": "#1"}, {"value": MOMENT}]}],
    }
    return {
        "workflow/diagram.html": diagram(t, entity),
        "workflow/approvals.html": approvals,
        "workflow/approvals.html#none": {**approvals, "rows": []},
        "workflow/approval.html": decide,
        "workflow/approval.html#first": {**decide, "said": [], "form": one_text("why", t("Why", "理由"))},
        "messages/call.html": call,
        "messages/call.html#fresh": {**call, "form": one_text("result", t("Result of the call", "通话结果"))},
    }


def one_text(name: str, label: str, wrong: str = "") -> Form:
    """A form of one field."""
    form: Form = type("OneText", (Form,), {name: TextAreaField(label)})()
    form[name].errors = [wrong] if wrong else []
    return form


def diagram(t: Say, entity: dict[str, Any]) -> dict[str, Any]:
    draft, granted = t("Draft", "草稿"), t("Granted", "已批准")
    grant, back = t("Grant", "批准"), t("Take back", "撤回")
    workflow = Workflow(
        entity="leave.application",
        field="state",
        initial="draft",
        states=(State("draft", draft), State("granted", granted, "success")),
        transitions=(
            Transition(id="grant", label=grant, source=("draft",), to="granted", right="edit"),
            Transition(id="take-back", label=back, source=("granted",), to="draft", right="edit"),
        ),
    )
    labels = (t("Transition", "流转"), t("From state", "原状态"), t("To state", "新状态"))
    rows = ((grant, draft, granted), (back, granted, draft))
    return {
        "title": t("How it moves: leave", "流转图：休假申请"),
        "entity": entity,
        "back_url": "/leave/1",
        "back_label": t("Leave in May", "五月休假"),
        "plan": drawn(workflow, "draft"),
        "here": draft,
        "columns": [{"label": each} for each in labels],
        "rows": [{"cells": [{"value": value} for value in row]} for row in rows],
    }
