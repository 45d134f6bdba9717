"""Pictures for tests: harmless ones of every kind, and files that only pretend."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pillow_heif
from PIL import ExifTags, Image

pillow_heif.register_heif_opener()
PLACE = "PLANTED-PLACE-7741"
SCRIPT = b"<script>alert('planted')</script>"


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    """A red picture with a blue left edge."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((20, 20, 220), (0, 0, max(1, size[0] // 4), size[1]))
    return saved(image, kind, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def snapshot(*, orientation: int = 6) -> bytes:
    """A photograph as phones take it: held upright, with its place and device."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = PLACE
    exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    return picture(exif=exif, comment=PLACE.encode())


def several() -> bytes:
    """A GIF whose second frame is green."""
    first, second = Image.new("RGB", (30, 30), (200, 30, 30)), Image.new("RGB", (30, 30), (10, 200, 10))
    return saved(first, "GIF", save_all=True, append_images=[second])


def clear() -> bytes:
    """A PNG that can be seen through."""
    return saved(Image.new("RGBA", (10, 10), (0, 0, 0, 0)), "PNG")


def bomb(side: int = 7100) -> bytes:
    """A small PNG with more than fifty million pixels."""
    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(bytes(side // 8 + 1)) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def zipped() -> bytes:
    """A ZIP file with one member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("run.sh", SCRIPT)
    return made.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + SCRIPT + b"</svg>"

NO_PICTURES: dict[str, bytes] = {
    "nothing": b"",
    "words": b"this is no picture",
    "a page": b"<!doctype html>" + SCRIPT,
    "an SVG": SVG,
    "a PDF": PDF,
    "a ZIP": zipped(),
    "a program": b"\x7fELF" + bytes(200),
    "a magic number alone": b"\xff\xd8\xff\xe0",
    "a page that begins like a GIF": b"GIF89a" + SCRIPT,
    "half a JPEG": picture(size=(400, 400), quality=95)[:600],
    "half a PNG": picture("PNG", (400, 400))[:-60],
    "half a HEIC": picture("HEIF", (400, 400))[:-100],
    "a bitmap": picture("BMP"),
    "a TIFF": picture("TIFF"),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
}
"""What is sent as a picture and is none that we take."""
TOO_MANY_PIXELS: dict[str, Callable[[], bytes]] = {
    "a bomb": bomb,
    "51 megapixels": lambda: picture("WEBP", (10_200, 5_000)),
}
"""Made when somebody wants one: that takes three seconds."""
POLYGLOTS: dict[str, bytes] = {
    "a JPEG with a ZIP behind it": picture() + zipped(),
    "a GIF with a page behind it": picture("GIF") + SCRIPT,
    "a PNG with a script in its words": picture("PNG") + SCRIPT,
    "a JPEG with a script in its comment": picture(comment=SCRIPT),
}
"""Real pictures that are something else too: the picture is kept, the rest is gone."""
