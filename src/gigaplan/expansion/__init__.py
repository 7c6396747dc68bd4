"""The joint optimisation of campuses, power and corridors as a linear programme."""
