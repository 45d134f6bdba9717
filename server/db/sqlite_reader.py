"""The reading half of `sqlite_engine`, as the ORM wants it: one module, one client class."""

from server.db.sqlite_engine import ReaderClient

client_class = ReaderClient
