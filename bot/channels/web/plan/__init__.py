"""The plan on the web: its pages and forms, what is taken away of it, and links that show some of it."""
