"""The draft career development plan: one model for chat, page, print and file."""
