"""What the formulas of this floor ask of their arrays: numbers and decision variables alike."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar


class Linear(Protocol):
    """A linear quantity over named dimensions: an array of numbers, or sums of variables.

    ``Any``, because arrays with labels go with decision variables and bare ones with bare arrays.
    """

    def __mul__(self, factor: Any, /) -> Any:
        """Return the product with numbers, over the dimensions of both."""
        ...

    def __add__(self, other: Any, /) -> Any:
        """Return the sum, over the dimensions of both."""
        ...

    def __sub__(self, other: Any, /) -> Any:
        """Return the difference, over the dimensions of both."""
        ...

    def sum(self, dims: Any, /) -> Any:
        """Return the sum over dimensions."""
        ...


class Scalable(Protocol):
    """A number, a column or a linear quantity: what can be multiplied by numbers."""

    def __mul__(self, factor: Any, /) -> Any:
        """Return the product with numbers."""
        ...


L = TypeVar("L", bound=Linear)
S = TypeVar("S", bound=Scalable)


def yearly_amount(power: L, rate: Any, hours: Any) -> L:
    r"""Return what power gives off or takes in over a year.

    .. math:: x_{\dots} = \sum_t \omega_t \, e_{\dots} \, p_{\dots,t}

    Parameters
    ----------
    power
        Power over ``block`` and other dimensions [GW]; without ``block``, capacity whose
        availability is inside ``hours``.
    rate
        Amount for a unit of energy [kt/GWh or Mm3/GWh].
    hours
        Hours of a year that each block stands for (block) [h/yr].

    Examples
    --------
    2 GW by day and 1 GW by night, half a year each, at 0.4 kt/GWh:

    >>> import xarray as xr
    >>> power = xr.DataArray([2.0, 1.0], dims="block")
    >>> float(yearly_amount(power, 0.4, xr.DataArray([4380.0, 4380.0], dims="block")))
    5256.0
    """
    amount: L = (power * (rate * hours)).sum("block")
    return amount
