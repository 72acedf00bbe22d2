"""What the program does by itself on construction sites: files opened, payments that fall due, pauses kept."""
