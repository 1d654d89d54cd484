"""The plan: orders, rights, differences, sharing, what goals ask, files, decisions run again."""
