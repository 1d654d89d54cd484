"""Education as people choose it: paths, which of them stand open, and course sets of schools."""
