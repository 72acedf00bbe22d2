"""Up to whom it goes when something is late."""

from __future__ import annotations

from core.handbook.kinds import Step
from core.handbook.values import DAYS, Setting
from plugins.conduct.rules.names import APPROVER, N_

TO_APPROVER = (
    Step(
        Setting(
            "raised_to_approver",
            DAYS,
            1,
            N_("Goes up to the company's approver when late by"),
            low=1,
            optional=True,
            inferred=True,
        ),
        APPROVER,
    ),
)
"""The company decides on what the department's head does not. The paper names no days (inferred)."""
