"""Ways of education as data: what happens when, and what is told for some days."""
