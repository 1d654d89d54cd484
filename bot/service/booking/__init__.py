"""Meetings with counsellors as the service brings them about: whom people find, what is decided, what is told and when."""
