"""Career management skills: where a person stands, and what counts as a change."""
