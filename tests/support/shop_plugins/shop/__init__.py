"""A small department of the tests: customers, orders and posted receipts of a shop."""
