"""Education as data: paths and which stand open, course sets of schools, what happens when."""
