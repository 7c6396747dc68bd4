"""Access, rights and involvement without control, 31 CFR 800.211(b)."""

from __future__ import annotations

from gigaplan.policy.answer import Answer, either, told
from gigaplan.policy.ownership import Case

CITATION = "31 CFR 800.211(b)"


def has_access_right(case: Case) -> Answer:
    """Whether the investor gets access to technical information, a board right or a say."""
    rights = case.deal.rights
    seats = rights.board_seats
    return either(
        told(
            "rights.technical_information",
            rights.technical_information,
            "The investor has access to material nonpublic technical information",
            "The investor has no access to material nonpublic technical information",
            "Has the investor access to material nonpublic technical information?",
        ),
        told(
            "rights.board_seats",
            None if seats is None else seats > 0,
            f"The investor appoints or nominates members of the board: {seats}",
            "The investor appoints or nominates no member of the board",
            "How many members of the board does the investor appoint or nominate?",
        ),
        told(
            "rights.board_observer",
            rights.board_observer,
            "The investor has an observer on the board",
            "The investor has no observer on the board",
            "Has the investor an observer on the board?",
        ),
        told(
            "rights.substantive_decisions",
            rights.substantive_decisions,
            "The investor takes part in substantive decisions",
            "The investor takes no part in substantive decisions",
            "Does the investor take part, other than by voting shares, in substantive decisions "
            "about the technology, the infrastructure or the data?",
        ),
    )
