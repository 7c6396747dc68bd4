"""The audit of a data package: every check, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from gigaplan.inputs.audit.consistency import consistency_checks
from gigaplan.inputs.audit.magnitudes import magnitude_checks
from gigaplan.inputs.audit.provenance import provenance_checks
from gigaplan.inputs.audit.report import AuditReport, Check, verdict
from gigaplan.inputs.audit.supply_chains import supply_chain_checks
from gigaplan.inputs.audit.totals import total_checks
from gigaplan.inputs.audit.verification import verification_checks
from gigaplan.inputs.checks.cells import TypedTable, header_faults
from gigaplan.inputs.checks.completeness import completeness_faults
from gigaplan.inputs.checks.rules import rule_faults
from gigaplan.inputs.checks.values import value_faults
from gigaplan.inputs.dataset import Dataset, dataset_of, tables_of
from gigaplan.inputs.package import package_folder, read_tables
from gigaplan.inputs.schema import TableSchema, shipped_schemas
from gigaplan.inputs.wording import few
from gigaplan.terms.errors import Fault


def audit(dataset: Dataset, today: date) -> AuditReport:
    """Check a data package.

    The checks between tables run only if every table keeps its schema.

    Parameters
    ----------
    dataset
        The data package.
    today
        Day that ages are counted to.

    Returns
    -------
    AuditReport
        Every check with its verdict.
    """
    schemas = shipped_schemas()
    checks = list(_schema_checks(tables_of(dataset), schemas))
    if all(check.ok for check in checks):
        checks += provenance_checks(dataset, today)
        checks += verification_checks(dataset, today)
        checks += total_checks(dataset)
        checks += consistency_checks(dataset)
        checks += supply_chain_checks(dataset)
        checks += magnitude_checks(dataset, schemas)
    return AuditReport(dataset.name, dataset.sha256, today, tuple(checks))


def audit_package(name_or_folder: str, today: date, *, base: Path | None = None) -> AuditReport:
    """Read and check a data package; faults of its files are checks that do not hold.

    Parameters
    ----------
    name_or_folder
        Name of a shipped package, or a folder with every table.
    today
        Day that ages are counted to.
    base
        Folder that a relative path starts from; ``None``: the current folder.

    Raises
    ------
    InputError
        If there is no such package or folder.
    """
    folder = package_folder(name_or_folder, base)
    schemas = shipped_schemas()
    tables, faults = read_tables(folder, schemas)
    if faults:
        unread = tuple(
            Check(f"files: {fault.where}", "schema", ok=False, detail=f"{fault.what} {fault.mend}")
            for fault in faults
        )
        checks = (*unread, *_schema_checks(tables, schemas))
        return AuditReport(folder.name, "", today, checks)
    return audit(dataset_of(folder.name, tables, schemas), today)


def _schema_checks(
    tables: Mapping[str, TypedTable], schemas: Mapping[str, TableSchema]
) -> Iterator[Check]:
    """Check each table by itself, then the rows that must be there."""
    missing = [name for name in schemas if name not in tables]
    lost = [f"The tables {few(missing)} are missing or cannot be read."] if missing else []
    found = f"{len(tables)} tables"
    yield verdict("every table of the schema is there", "schema", lost, found)
    for name, table in tables.items():
        schema = schemas[name]
        faults = header_faults(table.file, table.header, schema)
        faults += value_faults(table, schema, tables)
        found = f"{len(table.frame):,} rows, {len(table.frame.columns)} columns"
        label = f"{name}: types, ranges, keys and references"
        yield verdict(label, "schema", _texts(faults), found)
    label = "rows agree with the rules of their table"
    yield verdict(label, "schema", _texts(rule_faults(tables)))
    label = "every zone, year, month and hour is there"
    yield verdict(label, "coverage", _texts(completeness_faults(tables, schemas)))


def _texts(faults: list[Fault]) -> list[str]:
    return [str(fault) for fault in faults]
