"""Documents to print: what stands in them, pure; they are set by the service."""
