"""Education as people choose it: the course sets of schools."""
