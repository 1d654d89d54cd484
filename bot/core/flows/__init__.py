"""What a flow is: its steps and their conditions."""
