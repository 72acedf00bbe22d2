"""The month's billing: set-wise, in chunks of accounts, each chunk one transaction."""
