"""Policy: who may fund, own, supply and host what, with the rule cited.

A screen, not legal advice: it says which facts meet which rule, and what would change the answer.
"""
