"""The doctor: looks at every part of an installation and says what is wrong and what to do about it."""

from core.keeping.doctor.findings import FAIL, OK, WARN, Finding
from core.keeping.doctor.rounds import look_over

__all__ = ["FAIL", "OK", "WARN", "Finding", "look_over"]
