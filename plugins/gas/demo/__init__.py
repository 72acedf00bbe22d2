"""The example gas office: accounts, a year of readings with the messes of real life, bills and payments."""

from plugins.gas.demo.office import fill

__all__ = ["fill"]
