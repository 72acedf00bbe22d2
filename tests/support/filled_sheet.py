"""A downloaded sheet, filled in as a person does with a spreadsheet program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from words import Words


class FilledSheet:
    """An xlsx file with its headings in the first row. Columns are named by their English label."""

    def __init__(self, file: Path, words: Words) -> None:
        self.book = openpyxl.load_workbook(file)
        self.cells = self.book.active
        self.words = words
        self.columns = {cell.value: cell.column for cell in self.cells[1]}

    @property
    def count(self) -> int:
        """How many rows stand below the headings."""
        return int(self.cells.max_row) - 1

    def read(self, row: int, heading: str) -> Any:
        """A cell; rows are numbered as the spreadsheet program does, the first below the headings is 2."""
        return self.cells.cell(row, self.columns[self.words(heading)]).value

    def write(self, row: int, **values: Any) -> None:
        """Fill cells of a row in. Underscores in the names stand for the blanks of the labels."""
        for name, value in values.items():
            heading = self.words(name.replace("_", " ").capitalize())
            self.cells.cell(row, self.columns[heading]).value = value

    def add(self, **values: Any) -> int:
        """Fill in the next row; answers its number."""
        row = self.count + 2
        self.write(row, **values)
        return row

    def save(self, file: Path) -> Path:
        self.book.save(file)
        return file
