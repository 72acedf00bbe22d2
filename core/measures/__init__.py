"""Figures of the months against targets (指标): plugins say how a figure is worked out, the dashboard shows it."""
