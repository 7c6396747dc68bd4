"""Finance: what a plan costs its owners, and what each of them gets back."""
