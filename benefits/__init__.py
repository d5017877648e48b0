"""The law: dated figures now, pure functions on them next. No database, no clock, no settings."""
