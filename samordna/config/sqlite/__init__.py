"""SQLite as Django knows it, with a shorter waiting for pages."""
