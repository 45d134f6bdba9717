"""The only file that says Django: Channels wants it configured, and asks it for nothing."""

from channels.layers import BaseChannelLayer, channel_layers
from django.conf import settings  # type: ignore[import-untyped]  # Django has no types.


def prepare(alias: str, layer: BaseChannelLayer) -> None:
    """Give Channels empty settings, once per process, and our layer under this name."""
    if not settings.configured:
        settings.configure()
    channel_layers.set(alias, layer)
