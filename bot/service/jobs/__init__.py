"""What is done at its time: a call of the service, or an input of a turn."""
