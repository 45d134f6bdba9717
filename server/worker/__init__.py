"""The worker: claims what waits, hands it to the carriers, and settles what became of it.

It runs in a process of its own, or as a task of the web process where there is no Redis.
"""

from server.worker.exits import Gateways
from server.worker.run import Worker

__all__ = ["Gateways", "Worker"]
