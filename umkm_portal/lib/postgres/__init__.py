"""PostgreSQL, as the settings name it: `ENGINE`."""
