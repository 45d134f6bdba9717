"""What the verbs of the command line have in common: the house is open while they act, and a refusal is one line."""

import functools
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import ParamSpec

import typer

from server import boot
from server.errors import Refusal
from server.settings import Settings

P = ParamSpec("P")
Verb = Callable[P, Coroutine[object, object, int]]
"""What gives the exit code."""


@asynccontextmanager
async def floor(settings: Settings) -> AsyncIterator[None]:
    """For what nobody's screen need hear of at once."""
    opened = boot.Floor(settings)
    await opened.start()
    try:
        yield
    finally:
        await opened.stop()


@asynccontextmanager
async def workshop(settings: Settings) -> AsyncIterator[None]:
    """With the bus, so that open screens of a clinic hear of it, and the worker of what it must do."""
    opened = boot.Workshop(settings, woken=lambda: None)
    await opened.start()
    try:
        yield
    finally:
        await opened.stop()


def says_refusals(verb: Verb[P]) -> Verb[P]:
    """What is refused is said in its sentence, and the exit code is 1."""

    @functools.wraps(verb)
    async def said(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return await verb(*args, **kwargs)
        except Refusal as no:
            typer.echo(str(no), err=True)
            return 1

    return said
