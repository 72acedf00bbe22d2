"""One folder per department: its models, screens, jobs and rules, on top of the core."""
