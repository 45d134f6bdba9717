"""The launcher: Daphne with a start, an end, limits and a quick way out to the socket.

Only `run`, `limits` and `asgi` may be imported from outside: the other modules pull in Twisted's reactor, which
`run.serve` installs when the time has come. Nothing here knows what the application is about.
"""
