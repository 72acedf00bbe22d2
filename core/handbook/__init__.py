"""The rule book (制度): clauses, the rules that carry them out, their dated settings, and why each came out so."""
