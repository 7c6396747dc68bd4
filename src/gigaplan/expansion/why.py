"""Why: the limits that bind, and what loosening each is worth, in words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from gigaplan.expansion.limit import Labels, Limit, in_units, unit_of
from gigaplan.expansion.limits import LIMITS
from gigaplan.expansion.solve import Answer
from gigaplan.terms.arrays import size_of

WORTH_SAYING = 1e-3
NOISE = 1e-7
Floats = npt.NDArray[np.float64] | float
Flags = npt.NDArray[np.bool_]
COLUMNS = ("rank family limit zone year shadow_price unit binding_value setting sentence").split()


def why_table(answer: Answer) -> pd.DataFrame:
    """Return the table ``why``: limits first, then requirements, each by its whole worth.

    ``shadow_price`` is what loosening by one unit is worth in the objective: M$ of discounted
    cost, or discounted compute where most compute is sought. ``binding_value`` is the right-hand
    side. Limits that can be raised (supply, queue, money) come before requirements that would
    have to be lowered (target, reserve).
    """
    rows = []
    for limit in LIMITS:
        dual = answer.worth.get(limit.name)
        if dual is None:
            continue
        rows += _rows(answer, limit, dual)
    rows += _reviews(answer)
    table = pd.DataFrame(rows, columns=["required", "worth", *COLUMNS[1:]])
    table = table.sort_values(
        ["required", "worth"], ascending=[True, False], kind="stable"
    ).reset_index(drop=True)
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table[COLUMNS]


def _rows(answer: Answer, limit: Limit, dual: xr.DataArray) -> list[list[object]]:
    """Return one row for each place in which the limit binds."""
    over = [dim for dim in limit.sum_over if dim in dual.dims]
    dual = _of_a_point(answer, limit, dual)
    price = size_of(dual).sum(over).max([d for d in limit.largest_over if d in dual.dims])
    size = _size(answer, limit, dual)
    rows: list[list[object]] = []
    unit, words = _worth_in(answer)
    for index in np.argwhere(np.atleast_1d(_is_worth_saying(answer, price, size))):
        place = tuple(index) if price.ndim else ()
        labels = {
            str(dim): _plain(price[dim].values[position])
            for dim, position in zip(price.dims, place, strict=False)
        }
        labels = dict(in_units(limit, labels, answer.system.options))
        value, held = float(price.values[place]), float(size.values[place])
        subject = limit.one_more(labels)
        rows.append(
            [
                limit.lower_to_mend,
                value * max(abs(held), 1.0),
                limit.name.split("_flow")[0],
                limit.words(labels),
                str(labels.get("zone", labels.get("region", ""))),
                _year_of(labels),
                value,
                f"{unit} per {unit_of(limit, labels, answer.system.options)}",
                held,
                limit.setting(labels),
                f"{subject[0].upper()}{subject[1:]} is worth {words(value)}.",
            ]
        )
    return rows


def _reviews(answer: Answer) -> list[list[object]]:
    r"""Return one row for each review that money waits for.

    .. math:: w_n = \frac{1}{D_n} \sum_c \lambda_{n,c} \, \overline{M}^D_{n,c}

    is what a day less of it is worth: money that it keeps back, at the price of money of its
    investor up to each year.
    """
    price = answer.worth.get("capital_commitment")
    if price is None:
        return []
    delayed, days = answer.system["delayed_commitment"], answer.system["review_days"]
    worth = (size_of(price) * delayed).sum("calendar_year").sel(investor=days["investor"])
    unit, words = _worth_in(answer)
    rows: list[list[object]] = []
    for name, taken, whole in zip(
        days["investor"].values.tolist(), days.values.tolist(), worth.values.tolist(), strict=True
    ):
        if taken <= 0 or not _is_more_than_noise(answer, whole, whole):
            continue
        rule = answer.system.options.review_rules.get(name, "")
        sentence = f"A day less of the review of {name} is worth {words(whole / taken)}; "
        sentence += f"all its {taken:.0f} days are worth about {words(whole)} ({rule})."
        rows.append(
            [
                False,
                whole,
                "capital",
                f"review of {name}",
                "",
                0,
                whole / taken,
                f"{unit} per day",
                float(taken),
                f"policy.facts.{name}: {rule}",
                sentence,
            ]
        )
    return rows


def _year_of(labels: Labels) -> int:
    """Return the milestone or calendar year of a limit; 0 where it is over all years."""
    for dim in ("year", "calendar_year", "vintage"):
        if dim in labels:
            return int(str(labels[dim]))
    return 0


def _of_a_point(answer: Answer, limit: Limit, dual: xr.DataArray) -> xr.DataArray:
    """Return the price of one percentage point of a share; other prices as they are."""
    if not limit.share_of or limit.share_of not in answer.solution.values:
        return dual
    whole = answer.solution.values[limit.share_of]
    summed = [dim for dim in whole.dims if dim not in dual.dims or dim in limit.share_over]
    return dual * whole.sum(summed) / 100.0


def _is_worth_saying(answer: Answer, price: xr.DataArray, size: xr.DataArray) -> Flags:
    """Return where a price is more than noise.

    A million dollars is worth little compute, and a budget is many of them: where most compute is
    sought, the price of the whole limit decides.
    """
    whole = price.values * np.maximum(np.abs(size.transpose(*price.dims).values), 1.0)
    return np.asarray(_is_more_than_noise(answer, price.values, whole))


def _is_more_than_noise(answer: Answer, price: Floats, whole: Floats) -> Flags:
    if answer.system.options.objective == "least_cost":
        return np.asarray(np.asarray(price) > WORTH_SAYING)
    return np.asarray((np.asarray(price) > NOISE) & (np.asarray(whole) > WORTH_SAYING))


def _worth_in(answer: Answer) -> tuple[str, Callable[[float], str]]:
    """Return the unit that worth is counted in, and how it is said."""
    options = answer.system.options
    if options.objective == "least_cost":
        return "M$", _money
    unit = "GW·yr of IT" if options.target_unit == "it_gw" else "million H100e·yr"
    return unit, lambda value: f"{value:,.3g} {unit} of discounted compute"


def _size(answer: Answer, limit: Limit, dual: xr.DataArray) -> xr.DataArray:
    """Return the right-hand side of the limit on the labels of its price."""
    sides = answer.right_hand_sides.get(limit.name)
    held = xr.zeros_like(dual) if sides is None else sides.fillna(0.0)
    widest = held.max([dim for dim in limit.sum_over if dim in held.dims])
    return widest.sum([dim for dim in limit.largest_over if dim in held.dims])


def _plain(label: object) -> object:
    return label.item() if isinstance(label, np.generic) else label


def _money(value_usd_m: float) -> str:
    if value_usd_m >= 1e3:
        return f"${value_usd_m / 1e3:,.2f} B"
    if value_usd_m >= 1:
        return f"${value_usd_m:,.1f} M"
    return f"${value_usd_m * 1e3:,.0f} k"
