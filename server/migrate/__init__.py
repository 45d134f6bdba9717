"""Bringing a database to the newest schema without losing a row: locked, backed up, checked before it is kept.

`run` applies migrations, `make` writes them; nothing else in the house may touch a table's definition.
"""
