"""How loud the displays are at which hour: `07:30 60, 10:00 100` is 60 % from 07.30."""

from kiosk.domain.office_day import format_time, parse_time

MOST = 24


def parse(text: str) -> tuple[tuple[int, int], ...]:
    """(minutes after midnight, per cent) by hour. Raises ValueError with the reason."""
    steps: dict[int, int] = {}
    for part in text.split(","):
        words = part.replace("%", " ").split()
        if not words:
            continue
        if len(words) != 2 or not (words[1].isascii() and words[1].isdigit()):
            raise ValueError("07:30 60, 10:00 100")
        hour, volume = parse_time(words[0]), int(words[1])
        if volume > 100:
            raise ValueError("0-100")
        steps[hour] = volume
    if len(steps) > MOST:
        raise ValueError(f"1-{MOST}")
    return tuple(sorted(steps.items()))


def clean(text: str) -> str:
    """The same in one way of writing."""
    return ", ".join(f"{format_time(hour)} {volume}" for hour, volume in parse(text))
