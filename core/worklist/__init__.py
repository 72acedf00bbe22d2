"""Obligations (待办事项): what rules make people owe, by when, and how it is discharged."""

from core.worklist import written  # it listens

__all__ = ["written"]
