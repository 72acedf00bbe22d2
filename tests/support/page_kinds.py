"""Every kind of page by its route: which the walk meets, which are looked at elsewhere, and what is no page."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

GENERIC = "/<string:plugin>/<string:name>"
WALKED = frozenset(
    {
        "/",
        f"{GENERIC}/",
        f"{GENERIC}/<int:id>",
        f"{GENERIC}/<int:id>/edit",
        f"{GENERIC}/new",
        "/account/",
        "/account/keys/new",
        "/account/second-factor/",
        "/core/delegations/",
        "/core/handbook/",
        "/core/handbook/<string:plugin>",
        "/core/handbook/rule/<string:rule_id>",
        "/core/handbook/rule/<string:rule_id>/<string:name>",
        "/core/handbook/why/<string:kind>/<string:key>",
        "/core/history/",
        "/core/history/deleted/<string:plugin>/<string:name>",
        "/core/history/of/<string:plugin>/<string:name>/<int:id>",
        "/core/import/",
        "/core/import/<kind_id>",
        "/core/inspections/",
        "/core/inspections/<string:plugin>/<string:name>",
        "/core/inspections/report",
        "/core/own-rules/new",
        "/core/own-rules/take",
        "/core/people/new",
        "/core/plugin/",
        "/core/reports/",
        "/core/reports/<string:plugin>/<string:name>",
        "/core/rights/",
        "/core/rights/<string:position_id>/<string:entity_id>",
        "/core/rights/what",
        "/core/rights/who",
        "/core/round/<string:plugin>/<string:name>/",
        "/core/timeline/<string:plugin>/<string:name>/<int:id>",
        "/core/workdays/",
        f"/core/workflow{GENERIC}/",
        f"/core/workflow{GENERIC}/<int:id>/<string:transition>",
        "/dashboard/",
        "/gas/billing/start",
        "/gas/counter/",
        "/gas/counter/<int:id>",
        "/gas/past-arrears/",
        "/my-work/",
        "/notices/",
        "/password/",
    }
)
"""What links lead an administrator to, from the side bar on."""
FACES = frozenset({"add", "as=board", "as=calendar"})
"""As what else than a table a list is met there."""
ELSEWHERE = {
    "/core/approval/": "browser/test_penalty_slip.py",
    "/core/approval/<int:id>": "browser/test_penalty_slip.py",
    "/core/export/<int:id>": "core/exchange/test_export.py",
    "/core/history/<int:id>": "browser/test_gates.py",
    "/core/import/sheet/<int:sheet_id>": "browser/test_every_page.py",
    "/core/job/<int:id>": "browser/test_large_sheet.py",
    "/core/job/mine": "browser/test_every_page.py",
    "/core/message/<int:id>/call": "browser/test_mornings.py",
    "/core/obligation/<int:id>/close": "core/worklist/test_screens.py",
    "/core/obligation/<int:id>/waive": "core/worklist/test_screens.py",
    "/core/own-rules/<int:id>/write": "browser/test_own_rule.py",
    "/core/preview/<int:id>": "core/handbook/test_screens.py",
    "/core/preview/many/<int:id>": "core/entities/test_bulk.py",
    "/core/preview/many/<int:id>/done": "core/entities/test_bulk.py",
    "/decoration/designers/": "plugins/decoration/test_design_figures.py",
    "/decoration/calls/": "plugins/decoration/test_callbacks.py",
    "/decoration/calls/<string:source>/<int:key>/call": "plugins/decoration/test_callbacks.py",
    "/decoration/owner-links/commission/<int:id>": "plugins/decoration/test_owner.py",
    "/decoration/owner-links/site/<int:id>": "plugins/decoration/test_owner.py",
    "/decoration/owner-links/site/<int:id>/photos": "plugins/decoration/test_owner.py",
    "/decoration/owner/<string:token>": "plugins/decoration/test_owner.py",
    "/forgotten/": "browser/test_forgetting.py",
    "/gas/billing/<int:id>/result": "browser/test_billing.py",
    "/gas/counter/payment/<int:id>": "browser/test_counter.py",
    "/login/": "browser/test_every_page.py",
    "/login/code/": "browser/test_gates.py",
    "/reset/<string:token>": "browser/test_every_page.py",
    "/search/": "browser/test_every_page.py",
}
"""Pages to which links lead only at times, or none: which tests open them."""
NO_PAGE = frozenset(
    {
        f"{GENERIC}/<int:id>/cell/<string:field>",
        f"{GENERIC}/<int:id>/related/<int:number>",
        f"{GENERIC}/export.<string:kind>",
        f"{GENERIC}/picker",
        "/assets/<version>/<path:name>",
        "/branch/",
        "/conduct/papers/slip/<int:id>/slip.pdf",
        "/decoration/customer-papers/<int:id>/card.pdf",
        "/core/delegations/colleagues",
        "/core/file/<int:file_id>",
        "/core/handbook/branches",
        "/core/import/<kind_id>/template.xlsx",
        "/core/import/sheet/<int:sheet_id>/report.xlsx",
        "/core/import/sheet/of/<int:id>",
        "/core/job/<int:id>/progress",
        "/core/own-rules/file",
        "/core/reports/<int:id>/report.pdf",
        "/core/reports/<int:id>/report.xlsx",
        "/core/reports/<int:id>/write",
        "/core/rights/branches",
        "/core/round/<string:plugin>/<string:name>/now",
        "/core/round/<string:plugin>/<string:name>/stops",
        "/core/round/worker.js",
        "/decoration/office/document/<int:id>.pdf",
        "/decoration/papers/invitation/<int:id>.pdf",
        "/decoration/papers/notice/<int:id>.pdf",
        "/decoration/papers/receipt/<int:id>.pdf",
        "/decoration/papers/completion-notice/<int:id>.pdf",
        "/decoration/papers/handbook/<int:id>.pdf",
        "/decoration/papers/record-card/<int:id>.pdf",
        "/decoration/papers/start-notice/<int:id>.pdf",
        "/decoration/complaint-papers/card/<int:id>.pdf",
        "/decoration/complaint-papers/repair/<int:id>.pdf",
        "/decoration/complaint-papers/sheet/<int:id>.pdf",
        "/decoration/complaint-papers/slip/<int:id>",
        "/decoration/care/scripts.pdf",
        "/decoration/calls/acceptance/<int:id>",
        "/decoration/calls/complaint/<int:id>",
        "/decoration/calls/planned/<int:id>",
        "/decoration/calls/repair/<int:id>",
        "/decoration/calls/visit/<int:id>",
        "/decoration/owner/<string:token>/photo/<int:id>",
        "/gas/counter/payment/<int:id>/receipt.pdf",
        "/gas/cut-offs/<int:id>/notice.pdf",
        "/gas/cut-offs/<int:id>/order.pdf",
        "/gas/past-arrears/export.<string:kind>",
        "/healthz",
        "/readyz",
    }
)
"""Files, parts of pages, what programs ask for, and what leads on to a page."""


def routes_of(paths: Iterable[str]) -> set[str]:
    """The routes of known pages that paths belong to, as the program itself would choose them."""
    every = (*WALKED, *ELSEWHERE, *NO_PAGE)
    known = Map([Rule(each, endpoint=each, methods=["GET"]) for each in every]).bind("localhost")
    found = set()
    for path in paths:
        try:
            found.add(str(known.match(path, method="GET")[0]))
        except HTTPException:
            continue
    return found
