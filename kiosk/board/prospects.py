"""What newcomers have to expect, and how the office's promises turned out."""

from dataclasses import replace
from typing import Any

from kiosk.board.reading import Reading
from kiosk.domain import policy
from kiosk.domain.office_day import MINUTE, deadline_of
from kiosk.domain.outlook import TRAVELS, Kind, Prospect, look_ahead
from kiosk.errors import UnknownService
from kiosk.store import line
from kiosk.views import minutes


def newcomer(reading: Reading, kind: Kind) -> dict[str, Any]:
    """The answer of `GET /api/forecast`; docs/protocol.md. Raises UnknownService."""
    service = reading.services.get(kind.service)
    if service is None:
        raise UnknownService(service=kind.service)
    poll_close = _poll_close(reading)
    if poll_close is None:
        kind = replace(kind, travel=None)
    waiting = _as_waiting(reading, kind, poll_close)
    prospect, done = _prospect(reading, kind), None
    if prospect is not None:
        at = reading.forecast.at if reading.forecast else reading.now
        low, high = prospect.done.whole
        done = {"low": at + low * MINUTE, "high": at + high * MINUTE}
    return {
        "service": service.code,
        "wait": minutes(prospect),
        "done": done,
        "latest_start": policy.latest_start(waiting),
        "class": prospect.voter_class if prospect else None,
        "people_ahead": _people_ahead(reading, waiting),
        "calibrated": reading.forecast is not None
        and reading.forecast.tells(service.code, reading.now),
    }


def _prospect(reading: Reading, kind: Kind) -> Prospect | None:
    """From the table; for a way that is not in it from a table of its own."""
    found = reading.newcomer(kind)
    if found is None or reading.forecast is None or kind.travel in (None, *TRAVELS):
        return found
    return look_ahead(reading.forecast.facts, [kind]).newcomers.get(kind)


def _poll_close(reading: Reading) -> int | None:
    """While the polls are still to close; afterwards there are no voters any more."""
    end = reading.day.poll_close if reading.day else None
    return end if end is not None and reading.now < end else None


def _as_waiting(reading: Reading, kind: Kind, poll_close: int | None) -> policy.Waiting:
    """The newcomer as the policy would see it, last of all who wait."""
    service = reading.services[kind.service]
    deadline = None if kind.travel is None else deadline_of(poll_close, kind.travel)
    remaining = sum(
        reading.services[code].expected
        for code in (service.code, *service.steps_to_come)
        if code in reading.services
    )
    due = policy.due_at(reading.now, service.target, kind.priority, deadline, remaining)
    return policy.Waiting(
        reading.seq + 1, service.code, reading.now, due, kind.priority, deadline, remaining
    )


def _people_ahead(reading: Reading, waiting: policy.Waiting) -> int:
    return line.ahead_of(waiting, reading.situation, reading.settings["policy"], reading.counters)


def kept_promises(reading: Reading) -> dict[str, Any]:
    """Today's promises, as far as they were put to the test, for the supervisor."""
    forecast = reading.forecast
    if forecast is None:
        return {"calibrated": False, "scored": 0, "error_minutes": None, "coverage": None}
    told = [code for code in reading.services if forecast.tells(code, reading.now)]
    error, coverage = forecast.score.error, forecast.score.coverage
    return {
        "calibrated": bool(told),
        "scored": forecast.score.scored,
        "error_minutes": None if error is None else round(error, 1),
        "coverage": None if coverage is None else round(coverage, 2),
    }
