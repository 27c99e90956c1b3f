"""The published marts in a PostgreSQL database, for BI tools: a publication of its own, which follows the pointer."""
