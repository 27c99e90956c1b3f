"""dbt's models as assets."""
