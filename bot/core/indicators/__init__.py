"""What may be told of many people together."""
