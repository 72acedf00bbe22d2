"""Print forms: PDF files from templates, amounts and dates in capitals."""

from core.documents.capital import capital_amount, capital_date
from core.documents.pdf import render_pdf

__all__ = ["capital_amount", "capital_date", "render_pdf"]
