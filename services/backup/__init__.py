"""Backup and restore: everything that is on record, in a form that either database can take back."""
