"""What texts and plans cost, as the operator has set it."""

from decimal import ROUND_HALF_UP, Decimal

_of_segment: Decimal | None = None
_of_plan = ""


def use_prices(*, of_segment: Decimal | None, of_plan: str = "") -> None:
    """Set what the carrier takes for one text segment, in dollars (None: nobody has said), and what a paid plan costs,
    in words that clinics read.
    """
    global _of_segment, _of_plan
    _of_segment, _of_plan = of_segment, of_plan


def of_plan() -> str | None:
    """What a paid plan costs, in words; None where nobody has said."""
    return _of_plan or None


def of_one() -> str | None:
    """What one segment costs, in dollars; None where nobody has said the price."""
    return None if _of_segment is None else f"{_of_segment.normalize():f}"


def cents_of(segments: int) -> int | None:
    """What so many segments cost, in whole cents; None where nobody has said the price."""
    if _of_segment is None:
        return None
    return int((_of_segment * segments * 100).to_integral_value(ROUND_HALF_UP))
