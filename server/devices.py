"""On what somebody reads, so coarsely that it tells no two people apart. What a browser says of itself is not kept.

Browsers freeze most of what they say (the User-Agent reduction of Chromium, Safari's fixed versions), so a name and a
system are all that can be said honestly. An iPad says that it is a Mac.
"""

BROWSERS = (
    # Whatever is built on another one names that one too, so it stands before it.
    ("fbav", "Facebook", ("FBAV", "FBAN")),
    ("instagram", "Instagram", ("Instagram",)),
    ("google", "the Google app", ("GSA/",)),
    ("samsung", "Samsung Internet", ("SamsungBrowser",)),
    ("edge", "Edge", ("Edg/", "EdgA/", "EdgiOS/")),
    ("opera", "Opera", ("OPR/", "OPT/")),
    ("firefox", "Firefox", ("Firefox/", "FxiOS/")),
    ("app", "an app", ("; wv)",)),
    ("chrome", "Chrome", ("Chrome/", "CriOS/")),
    ("safari", "Safari", ("Safari/",)),
)
SYSTEMS = (
    ("iphone", "iPhone", ("iPhone",)),
    ("ipad", "iPad", ("iPad",)),
    ("android", "Android", ("Android",)),
    ("chromeos", "a Chromebook", ("CrOS",)),
    ("windows", "Windows", ("Windows",)),
    ("mac", "a Mac or iPad", ("Macintosh",)),
    ("linux", "Linux", ("Linux", "X11")),
)
UNKNOWN = "other"
_NAMES = {code: name for code, name, _ in (*BROWSERS, *SYSTEMS)}


def of(said: str) -> str | None:
    """A code such as `chrome-android` for what a browser says of itself (`User-Agent`); None where it says nothing."""
    browser, system = _first(BROWSERS, said), _first(SYSTEMS, said)
    return None if browser == system == UNKNOWN else f"{browser}-{system}"


def words(code: str | None) -> str | None:
    """`Chrome on Android`: what a person is told of a code."""
    if code is None:
        return None
    browser, _, system = code.partition("-")
    name = _NAMES.get(browser, "a browser")
    return f"{name} on {_NAMES[system]}" if system in _NAMES else name


def _first(known: tuple[tuple[str, str, tuple[str, ...]], ...], said: str) -> str:
    return next((code for code, _, signs in known if any(sign in said for sign in signs)), UNKNOWN)
