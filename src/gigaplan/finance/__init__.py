"""Finance: nominal cash flows of projects, their debt, taxes and returns, and who gets them.

Every function is pure and works on arrays whose last axis is the period; axes before it are
projects or draws. Money is nominal US dollars. Inflows are positive. Year 0 is financial close and
the start of operation; operating years are 1, 2, ..., paid at their ends.
"""
