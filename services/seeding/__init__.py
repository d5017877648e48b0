"""Conversations that nobody had, to try the pages with and to measure them; in an example municipality only."""
