"""A made-up department that grants leave: a workflow with approvals and witnesses, for tests."""
