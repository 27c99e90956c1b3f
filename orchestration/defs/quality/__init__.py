"""What must hold before marts are published."""
