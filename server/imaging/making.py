"""Makes a new picture of an old one. Runs in the limited process only."""

import io

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from server.imaging.shapes import MOST_BYTES, MOST_PIXELS, MOST_SIDE, Picture, Unfit

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "HEIF")
DRAWN = frozenset({"PNG", "GIF"})
"""Kinds for drawings and screenshots: their edges stay sharp as PNG."""
QUALITY = 88
PAPER = (255, 255, 255)

# The pixels are counted below, before any is decoded; the library's own warning would come too late and too loud.
Image.MAX_IMAGE_PIXELS = None


def make(content: bytes) -> Picture:
    """Make the picture.

    :raises Unfit: `too_many_pixels`
    :raises Exception: whatever the decoder raises for what is no picture
    """
    pillow_heif.register_heif_opener(thumbnails=False)
    pillow_heif.options.DECODE_THREADS = 1
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise Unfit("too_many_pixels")
        is_drawn = opened.format in DRAWN
        opened.thumbnail((MOST_SIDE, MOST_SIDE))
        seen = _flat(_in_srgb(ImageOps.exif_transpose(opened)))
    return _drawing(seen) if is_drawn else _photograph(seen)


def _in_srgb(image: Image.Image) -> Image.Image:
    """The same colours in the space that every screen assumes; a rash must not change its red."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return turned or image


def _flat(image: Image.Image) -> Image.Image:
    """Nothing but pixels, on white paper where the picture can be seen through."""
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", image.size, PAPER)
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    bare = Image.new("RGB", image.size)
    bare.paste(image.convert("RGB"))
    return bare


def _drawing(image: Image.Image) -> Picture:
    made = _saved(image, "PNG", optimize=False)
    if len(made) > MOST_BYTES:
        return _photograph(image)
    return Picture(made, "image/png", image.width, image.height)


def drawn(image: Image.Image, *, most: int) -> Picture:
    """A PNG of a page, or a JPEG where that would have more bytes than `most`."""
    made = _saved(image, "PNG", optimize=False)
    return Picture(made, "image/png", image.width, image.height) if len(made) <= most else _photograph(image)


def _photograph(image: Image.Image) -> Picture:
    return Picture(_saved(image, "JPEG", quality=QUALITY), "image/jpeg", image.width, image.height)


def _saved(image: Image.Image, kind: str, **options: int | bool) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()
