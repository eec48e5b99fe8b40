"""What every screen's snapshot holds."""

from typing import Any

from kiosk.board import paper
from kiosk.board.reading import Reading
from kiosk.domain.office_day import ZONE_LABELS
from kiosk.domain.outlook import Kind
from kiosk.domain.service import BIODATA_INSTEAD, OPEN, Service
from kiosk.store import hall
from kiosk.views import minutes


def common(reading: Reading) -> dict[str, Any]:
    values, day = reading.settings, reading.day
    return {
        "seq": reading.seq,
        "now": reading.now,
        "day": day.day if day else None,
        "phase": day.phase if day else None,
        "held": bool(day and day.held),
        "office": {
            "name": values["name"],
            "area": values["area"],
            "zone": values["zone"],
            "zone_label": ZONE_LABELS.get(values["zone"], ""),
            "public_url": values["public_url"] or None,
            "polling_day": values["polling_day"] or None,
            "policy": values["policy"],
            "polling": bool(day and day.poll_close is not None),
        },
        "hours": {
            "opens": day.opens if day else None,
            "closes": day.closes if day else None,
            "numbers_from": day.numbers_from if day else None,
            "poll_close": day.poll_close if day else None,
        },
        "services": [_service(reading, service) for service in reading.services.values()],
        "notice": current_notice(reading),
        "clock": {
            "in_doubt": reading.clock.in_doubt,
            "off_by": reading.clock.off_by,
            "speed": reading.clock.speed,
        },
        "drill": reading.is_drill,
        "printing": {"connected": paper.is_connected(reading)},
        "trouble": reading.trouble,
    }


def _service(reading: Reading, service: Service) -> dict[str, Any]:
    return {
        "code": service.code,
        "letter": service.letter,
        "name": {"id": service.name_id, "en": service.name_en},
        "state": service.state,
        "cause": service.cause,
        "expected_back": service.expected_back,
        "instead": _instead(reading, service),
        "waiting": reading.waiting_counts.get(service.code, 0),
        "wait": minutes(reading.newcomer(Kind(service.code))),
        "target_minutes": service.target // 60,
        "journey": list(service.steps_to_come),
        "bring": {"id": service.bring_id, "en": service.bring_en},
    }


def _instead(reading: Reading, service: Service) -> str | None:
    """The code of the service that is given instead now, if it is to be had."""
    biodata = reading.services.get(reading.settings["biodata_service"])
    if service.state == BIODATA_INSTEAD and biodata is not None and biodata.state == OPEN:
        return biodata.code
    return None


def current_notice(reading: Reading) -> dict[str, Any] | None:
    """The notice that is on now: {id, code, at}; the web adds its text in both languages."""
    for newest in hall.notices(reading.db, 1):
        lasts = newest["until"] is None or reading.now < newest["until"]
        if newest["ended_at"] is None and lasts:
            return {"id": newest["id"], "code": newest["code"], "at": newest["at"]}
    return None
