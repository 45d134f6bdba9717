"""The chat of the Channels tutorial (parts 2 and 3), with a plain view that posts to the room as well.

Django wants its settings before anything of it is imported. `REDIS_URL` names the layer's Redis.
"""

# Django gives no types.
# mypy: disable-error-code="import-untyped, untyped-decorator"

import json
import os

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [os.environ["REDIS_URL"]]}}
    },
    USE_TZ=True,
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.layers import get_channel_layer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402


class ChatConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """One socket in one room."""

    async def connect(self) -> None:
        """Join the room."""
        self.room_group_name = f"chat_{self.scope['url_route']['kwargs']['room_name']}"
        await self.channel_layer.group_add(self.room_group_name, self.channel_name)
        await self.accept()

    async def disconnect(self, close_code: int) -> None:
        """Leave the room."""
        await self.channel_layer.group_discard(self.room_group_name, self.channel_name)

    async def receive(self, text_data: str) -> None:
        """Tell the room what this socket said."""
        message = json.loads(text_data)["message"]
        await self.channel_layer.group_send(self.room_group_name, {"type": "chat.message", "message": message})

    async def chat_message(self, event: dict[str, str]) -> None:
        """Tell this socket what the room was told."""
        await self.send(text_data=json.dumps({"message": event["message"]}))


@csrf_exempt
async def post(request: HttpRequest, room_name: str) -> JsonResponse:
    """Tell the room what was posted; nothing is stored."""
    message = json.loads(request.body)["message"]
    await get_channel_layer().group_send(f"chat_{room_name}", {"type": "chat.message", "message": message})
    return JsonResponse({"ok": True}, status=201)


urlpatterns = [path("post/<str:room_name>/", post)]
application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": URLRouter([path("ws/chat/<str:room_name>/", ChatConsumer.as_asgi())]),
    }
)
