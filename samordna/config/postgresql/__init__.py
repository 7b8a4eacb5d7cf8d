"""PostgreSQL as Django knows it, with an end to waiting."""
