"""`serve --demo`: an office to try things in, open now, with people in it. Never for a real day."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk import access
from kiosk.commands import calling, counter, day, people, tickets
from kiosk.domain.actor import COUNTER, KIOSK, SUPERVISOR, Actor
from kiosk.errors import KioskError, LabelTaken, PinTooWeak
from kiosk.office import Office
from kiosk.setting_up import COMMAND_LINE, DEFAULT_SETTINGS, Beginnings, set_up

BOSS = "Penyelia"
COUNTERS = 3

#: What people come for: service, priority, minutes to the polling station of a voter.
_VISITS: tuple[tuple[str, bool, int | None], ...] = (
    ("biodata", False, 30),
    ("family", False, None),
    ("card-printing", False, 20),
    ("recording", False, None),
    ("biodata", True, 45),
    ("lost-card", False, None),
    ("information", False, None),
    ("biodata", False, 15),
    ("recording", False, 60),
    ("card-printing", True, None),
    ("family", False, None),
    ("biodata", False, 30),
)


def set_up_demo(office: Office, say: Callable[[str], None]) -> None:
    """Fill an empty office; in one that was filled before, only make a new PIN.

    The PIN is random, is said once and is good for everybody until the next start.
    """
    is_new = set_up(office, Beginnings(_settings(), COUNTERS))
    pin = _random_pin()
    pin_hash = access.hash_pin(pin)
    desks = [f"Loket {number}" for number in range(1, COUNTERS + 1)]
    for label in (BOSS, *desks):
        role = SUPERVISOR if label == BOSS else COUNTER
        try:
            office.do(people.add_staff, COMMAND_LINE, label=label, role=role, pin_hash=pin_hash)
        except LabelTaken:
            office.do(people.set_pin, COMMAND_LINE, label=label, pin_hash=pin_hash)
    if is_new:
        _begin_the_day(office, desks)
    say(f"  this is a trial office; sign in as {BOSS}, {desks[0]} ... with the PIN {pin}")


def _settings() -> dict[str, str]:
    """Open around the clock; the polls close in some hours from now, today."""
    zone = ZoneInfo(DEFAULT_SETTINGS["zone"])
    now = datetime.now(UTC).astimezone(zone)
    closing = min(now + timedelta(hours=4), now.replace(hour=23, minute=59))
    return DEFAULT_SETTINGS | {
        "name": "Disdukcapil (contoh)",
        "opens": "00:00",
        "closes": "24:00",
        "poll_close": closing.strftime("%H:%M"),
    }


def _begin_the_day(office: Office, desks: list[str]) -> None:
    office.do(day.open_day, COMMAND_LINE)
    kiosk = Actor("Mesin contoh", KIOSK, "kiosk:0")
    for service, priority, travel in _VISITS:
        office.do(
            tickets.issue_ticket, kiosk, service=service, priority=priority, travel_minutes=travel
        )
    for number, label in enumerate(desks, 1):
        by = Actor(label, COUNTER, f"counter:{number}", number)
        office.do(counter.open_counter, by, counter=number)
    first, second = (Actor(label, COUNTER, "counter:1", n) for n, label in enumerate(desks[:2], 1))
    try:
        office.do(calling.call_next, first, counter=1)
        office.do(calling.start, first, counter=1)
        office.do(calling.call_next, second, counter=2)
    except KioskError:
        return  # at the very end of a day nobody is called any more


def _random_pin() -> str:
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(6))
        try:
            access.require_strong_pin(pin)
        except PinTooWeak:
            continue
        return pin
