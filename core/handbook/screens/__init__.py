"""The screens of the rule book: departments, rules, settings, previews, and why."""
