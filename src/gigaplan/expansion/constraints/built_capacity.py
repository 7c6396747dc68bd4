"""Built capacity: what is in service is what was given and what was built and still lives."""

from __future__ import annotations

from gigaplan.expansion.formulation import Formulation
from gigaplan.expansion.variables import can_exist_generator, can_exist_storage, can_host_campus

NAME = "built_capacity"


def add_built_capacity(formulation: Formulation) -> None:
    r"""Tie capacity in service to given capacity and builds, and cap builds by potential.

    .. math::

        G_{g,z,y} &= \overline{G}_{g,z,y} + \sum_v \alpha^G_{g,v,y} B^G_{g,z,v}
        \quad (\rho_g = 0)

        \sum_v B^G_{g,z,v} &\le P^G_{g,z}

    and the same for storage (S), campuses (C, which may also have a least capacity
    :math:`M^C_z \le \sum_v B^C_{z,v}`) and accelerators (A, no given part). A fleet that
    may retire early (:math:`\rho_g = 1`) has its own family, ``early_retirement``. Builds before
    the lead time have no variable at all.

    ===================  ==========================  =======================  ======
    symbol               name in code                dimensions               unit
    ===================  ==========================  =======================  ======
    :math:`G`            ``online_generator``        generator zone year      GW
    :math:`B^G`          ``build_generator``         generator zone vintage   GW
    :math:`\overline G`  ``existing_generator``      generator zone year      GW
    :math:`\alpha^G`     ``alive_generator``         generator vintage year   0 or 1
    :math:`P^G`          ``potential_generator``     generator zone           GW
    :math:`\rho`         ``retirable_generator``     generator                bool
    ===================  ==========================  =======================  ======

    Dual of the potential: M$ per GW, zero or below: the change in discounted cost if the zone
    could hold one GW more.
    """
    system = formulation.system
    if formulation.has("online_generator"):
        built = (formulation.term("build_generator") * system["alive_generator"]).sum("vintage")
        fixed = can_exist_generator(system) & ~system["retirable_generator"]
        formulation.add_rows(
            NAME,
            "built_capacity_generator",
            formulation.term("online_generator") - built,
            "=",
            system["existing_generator"],
            mask=fixed & (system["discounted_years"] > 0),
        )
        _add_potential(formulation, "generator")
    if formulation.has("online_storage"):
        built = (formulation.term("build_storage") * system["alive_storage"]).sum("vintage")
        formulation.add_rows(
            NAME,
            "built_capacity_storage",
            formulation.term("online_storage") - built,
            "=",
            system["existing_storage"],
            mask=can_exist_storage(system) & (system["discounted_years"] > 0),
        )
        _add_potential(formulation, "storage")
    if formulation.has("build_corridor"):
        _add_potential(formulation, "corridor")
    if formulation.has("online_campus"):
        host = can_host_campus(system) & (system["discounted_years"] > 0)
        built = (formulation.term("build_campus") * system["alive_campus"]).sum("vintage")
        formulation.add_rows(
            NAME,
            "built_capacity_campus",
            formulation.term("online_campus") - built,
            "=",
            0.0,
            mask=host,
        )
        _add_potential(formulation, "campus")
        least = system["minimum_campus"]
        formulation.add_rows(
            NAME,
            "built_capacity_minimum_campus",
            formulation.term("build_campus").sum("vintage"),
            ">=",
            least,
            mask=least > 0,
        )
    if formulation.has("online_accelerator"):
        host = can_host_campus(system) & (system["discounted_years"] > 0)
        built = (formulation.term("build_accelerator") * system["alive_accelerator"]).sum("vintage")
        formulation.add_rows(
            NAME,
            "built_capacity_accelerator",
            formulation.term("online_accelerator") - built,
            "=",
            0.0,
            mask=host & (system["h100e_accelerator"] >= 0),
        )


def _add_potential(formulation: Formulation, asset_class: str) -> None:
    """Add the rows that cap the sum of builds by the potential."""
    system = formulation.system
    potential = system[f"potential_{asset_class}"]
    buildable = system[f"buildable_{asset_class}"].any("vintage")
    formulation.add_limit(
        NAME,
        f"built_capacity_potential_{asset_class}",
        formulation.term(f"build_{asset_class}").sum("vintage"),
        potential,
        mask=buildable & (potential > 0),
    )
