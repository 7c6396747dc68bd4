"""Capital: what the programme spends is paid by investors, each with its own terms."""

from __future__ import annotations

import xarray as xr

from gigaplan.expansion.constraints.budget import spend_of
from gigaplan.expansion.expression import Expression
from gigaplan.expansion.formulation import Formulation

NAME = "capital"


def add_capital(formulation: Formulation) -> None:
    r"""Pay each year's spending with investors' money, within what each of them allows.

    .. math::

        \sum_n m_{n,q,u,v,c} &= S_{q,u,v,c}

        \sum_{c' \le c} \sum_{q,u,v} m_{n,q,u,v,c'} &\le \overline{M}_{n,c}

        \sum_{q,u,v,c} m_{n,q,u,v,c} &\le \overline{I}_n, \qquad
        \sum_c m_{n,q,u,v,c} \le \overline{i}_n

        \sum_{u,v,c} m_{n,q,u,v,c} &\le \xi_n \sum_{q,u,v,c} m_{n,q,u,v,c}, \qquad
        \sum_{u,v,c} m_{n,q,u,v,c} \le \overline{\xi}_{n,q} \sum_{n,u,v,c} m_{n,q,u,v,c}

        \underline{w}_{h,q} \sum_{n,u,c} m_{n,q,u,v,c} &\le \sum_{n,u,c} W_{h,n} m_{n,q,u,v,c}
        \le \overline{w}_{h,q} \sum_{n,u,c} m_{n,q,u,v,c}

    S is the capex of the programme's builds of the class, spread over the years of construction.
    What is committed and not drawn carries over to later years. Shares of groups (foreign owners,
    governments, lenders, grants, the sponsor) hold for every class and vintage.

    ======================  ======================  ======================================================  ====
    symbol                  name in code            dimensions                                              unit
    ======================  ======================  ======================================================  ====
    :math:`m`               ``fund``                investor capital_class territory vintage calendar_year  M$
    :math:`\overline{M}`    ``commitment``          investor calendar_year                                  M$
    :math:`\overline{I}`    ``ticket_most``         investor                                                M$
    :math:`\overline{i}`    ``single_most``         investor                                                M$
    :math:`\xi`             ``concentration_most``  investor                                                frac
    :math:`\overline{\xi}`  ``class_share_most``    investor capital_class                                  frac
    :math:`W`               ``group_weight``        investor_group investor                                 frac
    :math:`\overline{w}`    ``group_cap``           investor_group capital_class                            frac
    :math:`\underline{w}`   ``group_floor``         investor_group capital_class                            frac
    :math:`B^C`             ``build_campus``        zone vintage                                            GW
    ======================  ======================  ======================================================  ====

    Dual of the first: M$ per M$, what one more M$ of spending costs beyond the cost of capital of
    its class. Of the second and third: M$ per M$, zero or below: what one more M$ of an investor
    would save. Of the last: M$ per M$ of spending in the class, what a share looser by all of it
    would save.
    """  # noqa: E501
    if not formulation.has("fund"):
        return
    system = formulation.system
    fund = formulation.term("fund")
    _add_sources(formulation, fund)
    drawn = fund.sum(["capital_class", "territory", "vintage"])
    years = system["calendar_year"]
    so_far = drawn.relabel("calendar_year", drawn.axes["calendar_year"], name="drawn_year")
    later = years.rename(calendar_year="drawn_year").assign_coords(drawn_year=years.values)
    total = (so_far * (later <= years).astype(float)).sum("drawn_year")
    in_all = drawn.sum("calendar_year")
    formulation.add_limit(NAME, "capital_commitment", total, system["commitment"])
    formulation.add_limit(NAME, "capital_ticket", in_all, system["ticket_most"])
    formulation.add_limit(NAME, "capital_single", fund.sum("calendar_year"), system["single_most"])
    of_class = fund.sum(["territory", "vintage", "calendar_year"])
    own_share, share = system["concentration_most"], system["class_share_most"]
    formulation.add_rows(
        NAME,
        "capital_concentration",
        of_class - in_all * own_share * xr.ones_like(share),
        "<=",
        0.0,
        mask=(own_share < 1) & system["may_fund"].any("territory"),
    )
    formulation.add_rows(
        NAME,
        "capital_class_share",
        of_class - of_class.sum("investor") * share,
        "<=",
        0.0,
        mask=(share < 1) & system["may_fund"].any("territory"),
    )
    _add_groups(formulation, fund)


def _add_sources(formulation: Formulation, fund: Expression) -> None:
    system = formulation.system
    paid = fund.sum("investor")
    for name in map(str, formulation.labels("capital_class")):
        spend = spend_of(formulation, name)
        if spend is not None and float(system["funded_class"].sel(capital_class=name)) > 0:
            own = paid.select("capital_class", [name]).sum("capital_class")
            spend = (spend * system["zone_of_territory"]).sum("zone")
            formulation.add_rows(NAME, f"capital_sources_{name}", own - spend, "=", 0.0)


def _add_groups(formulation: Formulation, fund: Expression) -> None:
    system = formulation.system
    whole = fund.sum(["territory", "calendar_year"])
    member = (whole * system["group_weight"]).sum("investor")
    everybody = whole.sum("investor")
    paid = system["funded_class"] > 0
    vintages = xr.ones_like(system["vintage"], dtype=bool)
    cap, floor = system["group_cap"], system["group_floor"]
    formulation.add_rows(
        NAME,
        "capital_group_cap",
        member - everybody * cap,
        "<=",
        0.0,
        mask=(cap < 1) & paid & vintages,
    )
    formulation.add_rows(
        NAME,
        "capital_group_floor",
        member - everybody * floor,
        ">=",
        0.0,
        mask=(floor > 0) & paid & vintages,
    )
