"""How customers hear from the firm: drafts are collected by occasion, approved by people, and released on their day."""
