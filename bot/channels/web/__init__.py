"""The web chat: rendered on the server, live with a small script."""
