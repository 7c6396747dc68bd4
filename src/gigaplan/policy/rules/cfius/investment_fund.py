"""Limited partners of an investment fund, 31 CFR 800.307."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, Fact, both, negated, told
from gigaplan.policy.ownership import Case

CITATION = "31 CFR 800.307"


def stays_outside(case: Case) -> Answer:
    """Whether the investor comes in through a fund that others manage without it.

    The general partner alone manages the fund and is no foreign person, and neither the committee
    nor the investor controls decisions of the fund or the fate of the partner. That the investor
    has no access to technical information is asked with the other rights.
    """
    fund = case.deal.fund
    if fund is None:
        return Answer(
            False, (Fact("fund", "Nothing is said of a fund through which the investor comes in"),)
        )
    return both(
        told(
            "fund.managed_by_partner_alone",
            fund.managed_by_partner_alone,
            "A general partner alone manages the fund",
            "The fund is not managed by a general partner alone",
            "Does a general partner, managing member or equivalent alone manage the fund?",
        ),
        negated(
            told(
                "fund.partner_is_foreign",
                fund.partner_is_foreign,
                "The general partner is a foreign person",
                "The general partner is no foreign person",
                "Is the general partner a foreign person?",
            )
        ),
        negated(
            told(
                "fund.committee_controls",
                fund.committee_controls,
                "The advisory committee can control decisions of the fund",
                "The advisory committee cannot control decisions of the fund",
                "Can the advisory board or committee control decisions of the fund?",
            )
        ),
        negated(
            told(
                "fund.investor_controls",
                fund.investor_controls,
                "The investor can control decisions of the fund",
                "The investor cannot control decisions of the fund",
                "Can the investor itself control decisions of the fund?",
            )
        ),
        negated(
            told(
                "fund.investor_dismisses_partner",
                fund.investor_dismisses_partner,
                "The investor alone can dismiss, keep, choose or pay the general partner",
                "The investor alone cannot dismiss, keep, choose or pay the general partner",
                "Can the investor alone dismiss, keep, choose or set the pay of the partner?",
            )
        ),
    )
