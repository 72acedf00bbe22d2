"""What people see and enter of working days."""
