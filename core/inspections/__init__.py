"""Rounds of looking (检查): the items of checklist rules, judged by an inspector, with their report."""
