"""`python -m bench.sending.sender N`: a worker as an operator starts it, but with N texts a second by our key."""

import asyncio
import sys

from server import settings, working
from server.domain.sending import rates

if __name__ == "__main__":
    rates.PER_SECOND = int(sys.argv[1])
    sys.exit(asyncio.run(working.run(settings.load())))
