"""Previews of rules over many records: made by a worker, with a bar; nothing is written but what they came to."""
