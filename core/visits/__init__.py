"""Rounds of visits that people make with a phone: stops in order, a form at each, kept until it could be sent."""
