"""The page of a customer who has a link and no account: the link, what it shows, what is confirmed there."""
