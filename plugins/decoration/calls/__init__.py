"""Call-backs at work: what they close, how they are kept, who is to be called today."""
