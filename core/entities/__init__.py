"""Business objects: one description drives list, form, page, REST, import and export."""
