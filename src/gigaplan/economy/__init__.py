"""Economy: jobs, income, product, taxes and power bills of a finished plan."""
