"""What a person likes to do, and which families of work look like it."""
