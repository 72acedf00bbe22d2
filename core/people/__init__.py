"""Positions, appointments, log-in and rights."""
