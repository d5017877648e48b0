"""The talk about "what do I keep if I work": what a line tells, what is asked next, and what is said in the end."""
