"""The rules about penalties: the tariff of offences (GPN), and slips, witnesses and appeals (HR)."""

from core.handbook.kinds import Rule
from plugins.conduct.rules.appeals import APPEALS
from plugins.conduct.rules.effects import EFFECTS
from plugins.conduct.rules.offences import ITEMS
from plugins.conduct.rules.slips import SLIPS

RULES: tuple[Rule, ...] = (*ITEMS, *SLIPS, *EFFECTS, *APPEALS)

__all__ = ["APPEALS", "EFFECTS", "ITEMS", "RULES", "SLIPS"]
