"""What the service and the storage say to each other."""
