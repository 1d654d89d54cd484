"""Education as data: paths and which stand open, dates, notices, course sets of schools."""
