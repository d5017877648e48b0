"""The agenda: which times are free, and who has them. Offering and booking obey one rule (docs/adr/0016)."""
