"""How long salesops takes, beside one bare SQL script that computes the same figures from the same files."""
