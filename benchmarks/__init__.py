"""Time, memory and size of runs, and of PyPSA on the same system, each in a process of its own."""
