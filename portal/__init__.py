"""The staff's door: server-rendered pages for caseworkers, editors and administrators. It decides nothing."""
