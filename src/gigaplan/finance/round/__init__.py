"""The sponsor's own round: who owns what before and after, and who gets what at an exit."""
