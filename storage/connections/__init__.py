"""How a transaction is committed, on each database."""
