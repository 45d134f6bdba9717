"""Server text frames (RFC 6455 §5.2), built once for all the sockets they go to."""


def frame(text: bytes) -> bytes:
    """One final, unmasked text frame around this UTF-8 payload."""
    size = len(text)
    if size < 126:
        return bytes((0x81, size)) + text
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + text
    return b"\x81\x7f" + size.to_bytes(8, "big") + text
