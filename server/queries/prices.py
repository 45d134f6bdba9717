"""What texts cost: what the operator has set a segment's price to."""

from decimal import ROUND_HALF_UP, Decimal

_of_segment: Decimal | None = None


def use_price(of_segment: Decimal | None) -> None:
    """Set what the carrier takes for one text segment, in dollars; None: nobody has said."""
    global _of_segment
    _of_segment = of_segment


def of_one() -> str | None:
    """What one segment costs, in dollars; None where nobody has said the price."""
    return None if _of_segment is None else f"{_of_segment.normalize():f}"


def cents_of(segments: int) -> int | None:
    """What so many segments cost, in whole cents; None where nobody has said the price."""
    if _of_segment is None:
        return None
    return int((_of_segment * segments * 100).to_integral_value(ROUND_HALF_UP))
