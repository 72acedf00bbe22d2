"""The doors: sessions, lock-out, second factor, keys for programs, passwords, and what guards a request."""
