"""Tables that people open in a spreadsheet."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would begin one."""
    return f"'{cell}" if cell.lstrip(" \n\u00a0\ufeff").startswith(_DANGEROUS) else cell
