"""What is bought: a business and its land."""

from __future__ import annotations

from typing import ClassVar, Literal

from gigaplan.inputs.scenario.base import Flag, Name, Rule, Section, Share, no_repeats
from gigaplan.policy.facts.kinds import Count, Miles

DataCategory = Literal[
    "financial",
    "consumer_report",
    "insurance",
    "health",
    "communications",
    "geolocation",
    "biometric",
    "government_id",
    "clearance",
]
"""Categories of identifiable data of 31 CFR 800.241(a)(1)(ii)(A)-(J), in short words."""
LandRight = Literal["access", "exclude", "develop", "attach"]
"""Property rights of 31 CFR 802.233."""


class SensitiveData(Section):
    """Personal data that the business keeps, 31 CFR 800.241."""

    categories: tuple[DataCategory, ...] | None = None
    """Listed categories of identifiable data; an empty list: none."""
    targets_agencies: Flag | None = None
    """Whether its products are targeted or tailored to agencies with intelligence, national
    security or homeland security duties, or to their people."""
    people: Count | None = None
    """People whose data it kept at any point in the last twelve months."""
    aims_at_more: Flag | None = None
    """Whether to keep data on more people than the threshold is an objective that it can show,
    part of its products."""
    genetic: Flag | None = None
    """Whether it keeps results of genetic tests that can be identified."""

    RULES: ClassVar[tuple[Rule, ...]] = no_repeats("categories")


class Business(Section):
    """The business in which the investor comes in."""

    name: Name | None = None
    """Name in sentences."""
    exists: Flag | None = None
    """Whether there is a business already: customers, employees, contracts or a going plant,
    not only land, inventory or a plan to build."""
    in_us_commerce: Flag | None = None
    """Whether it is engaged in interstate commerce in the United States."""
    critical_technology: Flag | None = None
    """Whether it produces, designs, tests, manufactures, fabricates or develops a critical
    technology; to use or host one does not count."""
    export_authorisation: Flag | None = None
    """Whether a U.S. export authorisation would be needed to send that technology to the
    investor, to who controls it, or to a holder that counts."""
    licence_exception: Flag | None = None
    """Whether each such export may go under licence exception TSU, ENC or STA, as 31 CFR
    800.401(e)(6) has it."""
    infrastructure: tuple[Name, ...] | None = None
    """Functions of the table critical_infrastructure that it performs; an empty list: none."""
    data: SensitiveData = SensitiveData()
    """Personal data that it keeps."""

    RULES: ClassVar[tuple[Rule, ...]] = no_repeats("infrastructure")


class NearSite(Section):
    """A site of the lists of 31 CFR part 802, appendix A, near the land."""

    name: Name
    """Name as in the table installations."""
    distance_miles: Miles
    """Distance of the land from the boundary of the site [miles]."""


class Site(Section):
    """Land that comes with the deal, 31 CFR part 802."""

    zone: Name | None = None
    """State."""
    interest: Literal["purchase", "lease", "concession", "none"] | None = None
    """How the land is taken; `none`: the investor gets no land."""
    rights: tuple[LandRight, ...] | None = None
    """Rights to it: physical access, excluding others, developing, attaching structures."""
    near: tuple[NearSite, ...] | None = None
    """Listed sites of parts 1 and 2 within the extended range; an empty list: none."""
    at_covered_port: Flag | None = None
    """Whether it lies in, or works as part of, a listed airport or maritime port."""
    in_missile_field_area: Flag | None = None
    """Whether it lies in a county or area of part 3 of the appendix."""
    in_offshore_range: Flag | None = None
    """Whether it lies in an offshore range of part 4, within the territorial sea."""
    urban: Flag | None = None
    """Whether it lies in an urbanized area or urban cluster of the Census Bureau."""
    single_housing_unit: Flag | None = None
    """Whether it is a single housing unit."""
    port_retail_or_carrier: Flag | None = None
    """Whether it is leased at a port for retail to the public only, or by a foreign air carrier
    with an accepted security programme for its flights."""
    space_of_building: Share | None = None
    """Part of the commercial space of a building of many units that the investor then has, with
    its affiliates; empty: nothing is said of such space [frac]."""
    tenants_of_building: Share | None = None
    """Part of the tenants of that building that it then is, with its affiliates [frac]."""

    RULES: ClassVar[tuple[Rule, ...]] = no_repeats("rights")
