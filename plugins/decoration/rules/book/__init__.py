"""The rule book of the customer service department (客户服务部工作规范), rule by rule, to be read aloud.

One file for each area; an area that comes adds its module to `AREAS`.
"""

from core.handbook.kinds import Rule
from plugins.decoration.rules.book import (
    appraisals,
    callbacks,
    care,
    complaints,
    construction,
    customers,
    design,
    office,
    papers,
    posts,
    vip,
)

AREAS = (customers, design, construction, complaints, vip, care, callbacks, office, papers, appraisals, posts)
RULES: tuple[Rule, ...] = tuple(rule for area in AREAS for rule in area.RULES)

__all__ = ["RULES"]
