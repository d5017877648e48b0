"""A calculation as people read it: sentences, tables and reasons made from what was kept, for residents and staff."""
