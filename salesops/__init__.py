"""What every room shares: the error that a user reads, and YAML files that are explained by their errors."""
