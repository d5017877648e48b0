"""Measurements, run by hand; docs/performance.md holds the results with their commands."""
