"""Reports for people: one HTML file for a plan or for several, sentences, files of tables."""

from gigaplan.report.community import write_community
from gigaplan.report.compare import write_comparison
from gigaplan.report.export import export_csv, export_tables
from gigaplan.report.page import write_report
from gigaplan.report.words import summary_sentences

__all__ = [
    "export_csv",
    "export_tables",
    "summary_sentences",
    "write_community",
    "write_comparison",
    "write_report",
]
