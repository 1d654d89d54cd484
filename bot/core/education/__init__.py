"""Education as data: paths and which stand open, what happens when, what is told for some days."""
