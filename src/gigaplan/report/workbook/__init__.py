"""Workbook: deals as an Excel file with live formulas.

Each sheet is a module. A line is declared once, with its label, its unit and its formulas; a
formula holds its text and what it comes to, so a workbook is checked against the ledgers of
:mod:`gigaplan.finance` before it is written.
"""

from gigaplan.report.workbook.build import build_workbook
from gigaplan.report.workbook.writing import write_workbook

__all__ = ["build_workbook", "write_workbook"]
