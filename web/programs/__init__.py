"""The clinic's door for other programs: with a key, never with a cookie."""
