"""The list page of entities: filters as sentences, views, columns, selection, boards and calendars."""
