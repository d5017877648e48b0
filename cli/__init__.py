"""The operator's door: `trede ...`."""
