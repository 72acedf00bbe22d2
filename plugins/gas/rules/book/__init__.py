"""The gas office's rule book (客户服务管理制度), rule by rule, to be read aloud.

One file for each part of the paper. Which rules wait for what, says the plugin's README.
"""

from core.handbook.kinds import Rule
from plugins.gas.rules.book import arrears, charging, desk, general, hall, reading, service

RULES: tuple[Rule, ...] = (
    *general.RULES,
    *reading.RULES,
    *charging.RULES,
    *desk.RULES,
    *hall.RULES,
    *service.RULES,
    *arrears.RULES,
)

__all__ = ["RULES"]
