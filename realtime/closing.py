"""Why a socket is closed. Codes below 4500 say *come back*, from 4500 up *stay away*."""

from enum import IntEnum


class Close(IntEnum):
    """Why we close a socket, and with that whether its client should come back."""

    RESTARTING = 4000
    SLOW = 4001
    BUS_LOST = 4002
    TOO_MANY = 4429
    SIGNED_OUT = 4501
    LINK_ENDED = 4502
    ACCESS_LOST = 4503
    RELOAD = 4504
    DO_NOT_REPEAT = 4505
    LOCKED = 4506
