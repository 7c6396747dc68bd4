"""What a run reads: the scenario file and the data package."""
