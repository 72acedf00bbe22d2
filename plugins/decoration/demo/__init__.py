"""The example decoration firm: customers in every phase over thirty months, their designs and their sites.

One module for each area; an area that comes adds its module to `AREAS`, after those whose records it needs and before
`files`, which merges two files.
"""

from __future__ import annotations

import logging

from core.branches import Branch, branch_scope
from core.demo import DemoCompany
from core.history import one_entry
from plugins.decoration.demo import (
    callbacks,
    care,
    complaints,
    construction,
    construction_papers,
    construction_works,
    customers,
    design,
    files,
    office,
    owner,
    vip,
)
from plugins.decoration.demo.firm import Firm, firm_of

log = logging.getLogger(__name__)

PLUGIN = "decoration"
CUSTOMERS = {"mixed": 60}
USUAL = 300

AREAS = (
    customers,
    design,
    construction,
    construction_works,
    construction_papers,
    complaints,
    callbacks,
    vip,
    care,
    office,
    files,
    owner,
)


def fill(company: DemoCompany) -> None:
    """The same firm each time for the same day and size; it ends today."""
    for branch in company.branches_with(PLUGIN):
        # Nobody entered the example data: one entry in the history says that it was put in.
        with branch_scope(branch.id), one_entry(company.session, Branch, branch.id, example_data=True):
            count = company.size(CUSTOMERS.get(branch.code, USUAL))
            _fill(firm_of(company, branch), count)


def _fill(firm: Firm, count: int) -> None:
    firm.plan(count)
    for area in AREAS:
        area.fill(firm)
    log.info("%s: %d customers of a decoration firm", firm.branch.code, count)
