"""What a link looks like, and what stands for one that is not made yet."""

PLACEHOLDER = "x" * 22
"""As long as the secret of every link."""


def address(portal_url: str, secret: str) -> str:
    """The address that stands in a notice."""
    return f"{portal_url}/m/{secret}"
