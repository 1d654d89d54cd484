"""Places: a municipality with its institutions, counsellors and neighbours; which one is meant."""
