"""Pictures of strangers: what can be seen comes out, and nothing else."""

import asyncio
import io
import os
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from server import imaging
from server.imaging import Picture, Unfit, child
from tests import pictures

pytestmark = pytest.mark.anyio


def seen(made: Picture) -> Image.Image:
    opened = Image.open(io.BytesIO(made.content))
    opened.load()
    return opened


def colour(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel(at)
    assert isinstance(found, tuple)
    return tuple(round(each / 64) for each in found)


class TestRemake:
    @pytest.mark.parametrize(
        ("kind", "media_type"),
        [
            ("JPEG", "image/jpeg"),
            ("PNG", "image/png"),
            ("GIF", "image/png"),
            ("WEBP", "image/jpeg"),
            ("HEIF", "image/jpeg"),
        ],
    )
    async def test_every_kind_that_phones_take_comes_out(self, kind: str, media_type: str) -> None:
        made = await imaging.remake(pictures.picture(kind))

        assert (made.media_type, made.width, made.height) == (media_type, 40, 20)
        assert seen(made).size == (40, 20)
        assert (colour(seen(made), (2, 9)), colour(seen(made), (30, 9))) == ((0, 0, 3), (3, 0, 0))

    async def test_it_stands_upright_and_tells_no_place_and_no_device(self) -> None:
        snapshot = pictures.snapshot()

        made = await imaging.remake(snapshot)

        assert pictures.PLACE.encode() in snapshot
        assert (made.width, made.height) == (20, 40)
        assert colour(seen(made), (10, 2)) == (0, 0, 3)
        assert pictures.PLACE.encode() not in made.content
        assert set(seen(made).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not seen(made).getexif()

    async def test_a_large_one_gets_smaller(self) -> None:
        made = await imaging.remake(pictures.picture(size=(6000, 200)))

        assert (made.width, made.height) == (3000, 100)

    async def test_of_several_frames_the_first_is_taken(self) -> None:
        made = await imaging.remake(pictures.several())

        assert colour(seen(made), (15, 15)) == (3, 0, 0)

    async def test_what_can_be_seen_through_lies_on_white_paper(self) -> None:
        made = await imaging.remake(pictures.clear())

        assert colour(seen(made), (5, 5)) == (4, 4, 4)

    async def test_a_profile_of_colours_is_turned_into_ours_and_gone(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

        made = await imaging.remake(pictures.picture(icc_profile=profile))

        assert "icc_profile" not in seen(made).info
        assert colour(seen(made), (30, 9)) == (3, 0, 0)

    async def test_a_broken_profile_spoils_nothing(self) -> None:
        made = await imaging.remake(pictures.picture(icc_profile=b"not a profile" * 20))

        assert colour(seen(made), (30, 9)) == (3, 0, 0)


class TestHostileFiles:
    @pytest.mark.parametrize("name", pictures.NO_PICTURES)
    async def test_what_is_no_picture_is_refused(self, name: str) -> None:
        with pytest.raises(Unfit, match="not_a_picture"):
            await imaging.remake(pictures.NO_PICTURES[name])

    @pytest.mark.parametrize("name", pictures.TOO_MANY_PIXELS)
    async def test_too_many_pixels_are_refused_before_one_is_decoded(self, name: str) -> None:
        with pytest.raises(Unfit, match="too_many_pixels"):
            await imaging.remake(pictures.TOO_MANY_PIXELS[name]())

    async def test_too_many_bytes_are_refused(self) -> None:
        with pytest.raises(Unfit, match="too_large"):
            await imaging.remake(pictures.picture() + bytes(imaging.MOST_BYTES))

    @pytest.mark.parametrize("name", pictures.POLYGLOTS)
    async def test_of_a_file_that_is_two_only_the_picture_is_left(self, name: str) -> None:
        made = await imaging.remake(pictures.POLYGLOTS[name])

        assert seen(made).size == (40, 20)
        assert b"script" not in made.content
        assert b"PK\x03\x04" not in made.content


class TestTheChild:
    async def test_has_no_secret_in_its_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BLOOMTEXT_MASTER_KEY", "planted")

        assert not [name for name in child.ENVIRONMENT if name.startswith("BLOOMTEXT_")]
        assert (await imaging.remake(pictures.picture())).width == 40

    @pytest.mark.parametrize(
        ("words", "ends"),
        [
            ("bytearray(2 << 30)", "MemoryError"),
            ("open('/tmp/bloomtext-imaging', 'w').write('x' * 100_000)", "File too large"),
        ],
    )
    async def test_has_limits(self, words: str, ends: str) -> None:
        limits = "for l, v in m.LIMITS.items():\n resource.setrlimit(l, (v, v))"
        program = f"from server.imaging import __main__ as m\nimport resource\n{limits}\n{words}"
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", program), cwd=child.ROOT, stderr=asyncio.subprocess.PIPE, env={"PATH": os.defpath}
        )
        _, said = await process.communicate()

        assert process.returncode != 0
        assert ends in said.decode()

    async def test_one_that_takes_too_long_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(child, "WALL_SECONDS", 0.01)

        with pytest.raises(Unfit, match="not_a_picture"):
            await imaging.remake(pictures.picture())

    @pytest.mark.parametrize("answer", [b"", b"\n", b"[]\n", b'{"media_type": "image/svg+xml"}\n<svg/>'])
    def test_is_not_believed(self, answer: bytes, tmp_path: Path) -> None:
        with pytest.raises(Unfit, match="not_a_picture"):
            child._picture(child._read(answer, "not_a_picture"))
