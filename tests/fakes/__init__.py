"""Stand-ins for what is outside: only there, never for our own parts."""
