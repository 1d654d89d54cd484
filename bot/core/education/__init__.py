"""Paths of education: what each asks and gives, and which of them stand open."""
