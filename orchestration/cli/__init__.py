"""The `salesops` command: one module per subcommand, thin and quick to import."""
