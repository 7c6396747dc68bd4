"""Classes of advanced chips: ECCN 3A090.a and 3A090.b."""

from __future__ import annotations

from typing import Final

from gigaplan.policy.answer import Answer, Ask, Fact, both, either, negated, told
from gigaplan.policy.facts.chips_abroad import ChipsAbroad
from gigaplan.policy.law import Law

CITATION: Final = "15 CFR part 774, supplement 1, ECCN 3A090.a, b and notes"
PERFORMANCE: Final = "export.chip.performance"
DENSE: Final = "export.chip.dense_performance"
DENSITY: Final = "export.chip.dense_density"


def total_processing_performance(operations_per_s_tera: float, bits: float) -> float:
    r"""Return the total processing performance of a chip [TPP].

    .. math:: TPP = T \, b

    Parameters
    ----------
    operations_per_s_tera
        Largest dense rate T, a multiplication with an addition counted as two [tera per second].
    bits
        Bit length of the operation.

    References
    ----------
    ECCN 3A090, technical note 2. The largest over all bit lengths counts.

    >>> round(total_processing_performance(989.5, 16))
    15832
    """
    return operations_per_s_tera * bits


def is_class_a(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether a chip is of class a."""
    return both(
        either(
            _performs(chips, law.parameters.value(PERFORMANCE)),
            both(
                _performs(chips, law.parameters.value(DENSE)),
                _is_dense(chips, law.parameters.value(DENSITY)),
            ),
        ),
        negated(_is_left_out(chips, law)),
    )


def is_class_b(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether a chip is of class b, the next below class a."""
    upper, density = law.parameters.value(PERFORMANCE), law.parameters.value(DENSITY)
    return both(
        either(
            both(
                _performs(chips, law.parameters.value("export.chip.next_performance")),
                negated(_performs(chips, upper)),
                _is_dense(chips, law.parameters.value("export.chip.next_density")),
            ),
            both(
                _performs(chips, law.parameters.value(DENSE)),
                _is_dense(chips, law.parameters.value("export.chip.next_dense_density")),
            ),
        ),
        negated(_is_dense(chips, density)),
        negated(_is_left_out(chips, law)),
    )


def _performs(chips: ChipsAbroad, least: float) -> Answer:
    performance = chips.performance
    return told(
        "chips_abroad.performance",
        None if performance is None else performance >= least,
        f"Its total processing performance is {performance or 0:,.0f}, {least:,.0f} or more",
        f"Its total processing performance is {performance or 0:,.0f}, less than {least:,.0f}",
        "What is the total processing performance of the chip?",
    )


def _is_dense(chips: ChipsAbroad, least: float) -> Answer:
    density = density_of(chips)
    field = "chips_abroad.performance_density"
    if density is None:
        return Answer(None, asks=(Ask(field, "What is its performance density?"),))
    reached = density >= least
    says = f"Its performance density is {density:.3g}, {'not ' if not reached else ''}{least:g}"
    return Answer(reached, (Fact(field, f"{says} or more"),))


def density_of(chips: ChipsAbroad) -> float | None:
    """Return the performance density that is told, or that follows from the area [TPP/mm2]."""
    if chips.performance_density is not None:
        return chips.performance_density
    if chips.performance is None or not chips.die_area_mm2:
        return None
    return chips.performance / chips.die_area_mm2


def _is_left_out(chips: ChipsAbroad, law: Law) -> Answer:
    """Whether it is neither made for data centers nor of the highest performance."""
    return both(
        negated(_performs(chips, law.parameters.value(PERFORMANCE))),
        negated(
            told(
                "chips_abroad.for_data_centers",
                chips.for_data_centers,
                "It is designed or marketed for data centers",
                "It is neither designed nor marketed for data centers",
                "Is the chip designed or marketed for data centers?",
            )
        ),
    )
