"""A place in a text that a finder points at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """``text[start:end]``, what ``kind`` of place it is, and the words that would mend it.

    ``suggestion`` replaces exactly ``text[start:end]`` (``""`` deletes it); None: no single repair is right.
    """

    start: int
    end: int
    text: str
    kind: str
    suggestion: str | None = None


def outermost(spots: list[Spot]) -> tuple[Spot, ...]:
    """The spots in the order of the text; of overlapping ones only the first and longest."""
    kept: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: (spot.start, -spot.end)):
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return tuple(kept)
