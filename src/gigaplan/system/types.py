"""The System: every number the optimisation, the plan and the checks read, by label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import xarray as xr

from gigaplan.terms.errors import Fault, InputError
from gigaplan.terms.symbols import Kind, Symbol, of_kind

Column = tuple[tuple[str, ...], npt.NDArray[Any], dict[str, str]]
ObjectiveKind = Literal["least_cost", "most_compute"]
TargetUnit = Literal["it_gw", "h100e_millions"]


@dataclass(frozen=True)
class Options:
    """Choices that are not numbers over labels.

    Parameters
    ----------
    objective
        What the optimisation seeks.
    target_unit
        Unit of ``compute_need``: GW of IT capacity, or millions of H100e.
    training_across_zones
        Whether flexible training may move between zones, or only between hours.
    accelerators_paid_by
        Who pays for accelerators: decides the payer column and what the budget counts.
    phase_gw
        Size of a whole campus phase [GW of IT]; zero: campuses of any size.
    max_states
        Most zones that may host new campuses; ``None``: no limit.
    units
        What each component is counted in, such as thousand wafers.
    made_by
        The component that each factory makes.
    source_parts
        Component, country and step of each source.
    factory_parts
        Kind and place of each factory.
    supply_scale
        Factor of the scenario on the supply of each component; one where it gives none.
    target_case
        Published case that the compute target is; empty where the scenario gives numbers.
    counted_compute
        Compute of given campuses that counts towards the target, by year, in its unit.
    queue_completion
        Share of each interconnection queue that is taken to be built.
    review_rules
        Rule for whose review the money of an investor waits, by its name.
    given_beyond_supply
        What given campuses need beyond the supply there is, by component, zone (of a local one)
        and calendar year: they would take it first if there were more.
    barred_by
        Setting or rule that bars a factory, by its name, or a source that would have something in
        a calendar year, by :func:`barred_key`.
    """

    objective: ObjectiveKind = "least_cost"
    target_unit: TargetUnit = "it_gw"
    training_across_zones: bool = True
    accelerators_paid_by: Literal["programme", "tenants"] = "tenants"
    phase_gw: float = 0.0
    max_states: int | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    made_by: Mapping[str, str] = field(default_factory=dict)
    source_parts: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    factory_parts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    supply_scale: Mapping[str, float] = field(default_factory=dict)
    target_case: str = ""
    counted_compute: Mapping[str, float] = field(default_factory=dict)
    queue_completion: Mapping[str, float] = field(default_factory=dict)
    review_rules: Mapping[str, str] = field(default_factory=dict)
    given_beyond_supply: Mapping[str, float] = field(default_factory=dict)
    barred_by: Mapping[str, str] = field(default_factory=dict)


def barred_key(source: object, calendar_year: object) -> str:
    """Return the name of a source in a year among what is barred."""
    return f"{source} in {calendar_year}"


@dataclass(frozen=True)
class System:
    """Labelled arrays of every parameter in ``symbols.csv``, and the options."""

    data: xr.Dataset
    options: Options

    def __getitem__(self, name: str) -> xr.DataArray:
        """Return the parameter or dimension ``name``."""
        return self.data[name]


def make_system(
    coords: Mapping[str, Sequence[object]],
    values: Mapping[str, xr.DataArray | float],
    options: Options | None = None,
) -> System:
    """Assemble and check a System; what is not given has its default.

    Parameters
    ----------
    coords
        Labels of every dimension; ``vintage`` is taken from ``year`` and need not be given.
    values
        Parameters by name, with the dimensions of ``symbols.csv`` or fewer (then broadcast).
    options
        Choices; the defaults of :class:`Options` otherwise.

    Returns
    -------
    System

    Raises
    ------
    InputError
        With every parameter that is unknown, missing, mislabelled or not a number.
    """
    labels = {name: list(values_) for name, values_ in coords.items()}
    labels.setdefault("vintage", labels.get("year", []))
    faults = [
        Fault(f"The System has no dimension '{symbol.name}'.", "system", "Give its labels.")
        for symbol in of_kind(Kind.DIMENSION)
        if symbol.name not in labels
    ]
    known = {symbol.name for symbol in of_kind(Kind.PARAMETER)}
    faults += [
        Fault(f"'{name}' is no parameter of symbols.csv.", "system", "Mend the name.")
        for name in values
        if name not in known
    ]
    if faults:
        msg = "The system cannot be assembled."
        raise InputError(msg, faults)

    columns: dict[str, Column] = {}
    for symbol in of_kind(Kind.PARAMETER):
        column, fault = _parameter(symbol, labels, values.get(symbol.name))
        if fault is not None:
            faults.append(fault)
        else:
            columns[symbol.name] = column
    if faults:
        msg = "The system cannot be assembled."
        raise InputError(msg, faults)
    coordinates = {name: np.asarray(items) for name, items in labels.items() if len(items)}
    return System(xr.Dataset(columns, coords=coordinates), options or Options())


def _parameter(
    symbol: Symbol, labels: Mapping[str, Sequence[object]], value: xr.DataArray | float | None
) -> tuple[Column, Fault | None]:
    """Return the parameter with its full dimensions in the order of ``symbols.csv``."""
    shape = tuple(len(labels[dim]) for dim in symbol.dims)
    attributes = {"unit": symbol.unit}
    nothing: Column = (symbol.dims, np.zeros(shape), attributes)
    where = f"system: {symbol.name}"
    if value is None:
        if symbol.default is None:
            return nothing, Fault("It has no value and no default.", where, "Give it.")
        value = symbol.default
    array = value if isinstance(value, xr.DataArray) else xr.DataArray(float(value))
    extra = [str(dim) for dim in array.dims if dim not in symbol.dims]
    if extra:
        return nothing, Fault(
            f"It has the dimensions {extra} beside {list(symbol.dims)}.", where, "Sum them."
        )
    for dim in array.dims:
        if array.sizes[dim] != len(labels[str(dim)]) or (
            dim in array.coords and list(array.indexes[dim]) != list(labels[str(dim)])
        ):
            return nothing, Fault(
                f"Its labels along '{dim}' are not those of the system.", where, "Reindex it."
            )
    given = array.transpose(*[dim for dim in symbol.dims if dim in array.dims]).values
    place = tuple(slice(None) if dim in array.dims else np.newaxis for dim in symbol.dims)
    full = np.broadcast_to(given[place], shape).copy()
    if symbol.unit == "bool":
        full = full.astype(bool)
    elif full.dtype.kind in "biuf":
        full = full.astype(float)
        if bool(np.isnan(full).any()):
            return nothing, Fault("It holds a value that is not a number.", where, "Fill it.")
    return (symbol.dims, full, attributes), None
