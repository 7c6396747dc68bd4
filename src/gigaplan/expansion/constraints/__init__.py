"""One family of constraints a file; :mod:`gigaplan.expansion.build` lists them in order."""
