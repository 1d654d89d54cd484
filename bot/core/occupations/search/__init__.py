"""Find an occupation by what somebody typed."""
