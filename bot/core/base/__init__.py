"""What every room of the core stands on: frozen values, texts, sources, problems."""
