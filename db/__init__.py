"""The records: models, the session, migrations. No decisions are made here."""
