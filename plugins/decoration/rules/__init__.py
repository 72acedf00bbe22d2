"""What the rule book of the decoration firm's customer service department says, in plain Python."""
