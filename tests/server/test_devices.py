"""On what somebody reads: known browsers by their names, everything else without a guess."""

import pytest

from server import devices

ON_ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
ON_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ON_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
SAID = {
    f"{ON_ANDROID} Chrome/141.0.0.0 Mobile Safari/537.36": "Chrome on Android",
    f"{ON_ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36": "Samsung Internet on Android",
    f"{ON_ANDROID} Chrome/141.0.0.0 Mobile Safari/537.36 EdgA/141.0.0.0": "Edge on Android",
    "Mozilla/5.0 (Linux; Android 9; SM-A105; wv) AppleWebKit/537.36 Version/4.0 Chrome/99.0 Mobile Safari/537.36": (
        "an app on Android"
    ),
    f"{ON_IPHONE} Version/18.5 Mobile/15E148 Safari/604.1": "Safari on iPhone",
    f"{ON_IPHONE} CriOS/141.0 Mobile/15E148 Safari/604.1": "Chrome on iPhone",
    f"{ON_IPHONE} FxiOS/140.0 Mobile/15E148 Safari/604.1": "Firefox on iPhone",
    f"{ON_IPHONE} GSA/390.0 Mobile/15E148 Safari/604.1": "the Google app on iPhone",
    f"{ON_IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0]": "Facebook on iPhone",
    f"{ON_WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0": "Edge on Windows",
    f"{ON_WINDOWS} Gecko/20100101 Firefox/144.0".replace(")", "; rv:144.0)"): "Firefox on Windows",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18 Safari/605": (
        "Safari on a Mac or iPad"
    ),
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36": (
        "Chrome on a Chromebook"
    ),
    "Lynx/2.9 (Linux)": "a browser on Linux",
    "": None,
    "curl/8.5": None,
}


@pytest.mark.parametrize(("said", "words"), SAID.items())
def test_a_browser_is_called_by_its_name(said: str, words: str | None) -> None:
    assert devices.words(devices.of(said)) == words


def test_what_is_kept_is_a_code_that_fits() -> None:
    codes = [f"{browser}-{system}" for browser, _, _ in devices.BROWSERS for system, _, _ in devices.SYSTEMS]
    assert max(map(len, codes)) <= 24
    assert all(devices.words(code) for code in codes)


def test_nothing_of_what_it_said_is_kept_beside_it() -> None:
    assert devices.of(f"{ON_ANDROID} Chrome/141 <script>alert(1)</script>") == "chrome-android"
