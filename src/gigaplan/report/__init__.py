"""Reports for people: one HTML file for a plan or for several, sentences, CSV."""

from gigaplan.report.compare import write_comparison
from gigaplan.report.export import export_csv
from gigaplan.report.page import write_report
from gigaplan.report.words import summary_sentences

__all__ = ["export_csv", "summary_sentences", "write_comparison", "write_report"]
