"""Facts of a deal: who comes in, with which rights, into what, where and when.

Every fact may be left out, and is then unknown: it is asked for, never assumed.
"""

from gigaplan.policy.facts.deal import Deal
from gigaplan.policy.facts.load import deal_of, read_deal

__all__ = ["Deal", "deal_of", "read_deal"]
