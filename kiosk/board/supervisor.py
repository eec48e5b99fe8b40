"""The supervisor's screen: the whole office. Devices' live state is added by the web."""

import json
from dataclasses import asdict
from typing import Any

from kiosk.board import paper, service_alarms
from kiosk.board.prospects import kept_promises
from kiosk.board.reading import Reading
from kiosk.board.voters import Voters
from kiosk.clock import TOLERANCE
from kiosk.domain import ticket as states
from kiosk.domain.service import INTERRUPTED, usual_services_missing_in
from kiosk.domain.settings import SETTINGS
from kiosk.store import claims, devices, print_jobs, rehearsals


def supervisor(reading: Reading) -> dict[str, Any]:
    voters = Voters(reading)
    return {
        "called": [_in_hand(ticket) for ticket in reading.in_states(*states.IN_HAND)],
        "ended": [
            _in_hand(ticket) for ticket in reading.in_states(states.CANCELLED, states.EXPIRED)[-50:]
        ],
        "devices": _devices(reading),
        "staff_list": [
            {"label": row["label"], "role": row["role"], "active": bool(row["active"])}
            for row in reading.db.conn.execute("SELECT label, role, active FROM staff ORDER BY 1")
        ],
        "settings": {
            key: {
                "value": reading.settings[key],
                "default": setting.default,
                "kind": setting.kind,
                "choices": list(setting.choices),
            }
            for key, setting in SETTINGS.items()
            if not setting.fixed
        },
        "printers": paper.printers_view(reading),
        "unsettled": print_jobs.unsettled(reading.db),
        "print_jobs": print_jobs.counts(reading.db, reading.day.opens if reading.day else 0),
        "service_list": [asdict(service) for service in reading.services.values()],
        "services_missing": [
            {"code": one.code, "letter": one.letter, "name": {"id": one.name_id, "en": one.name_en}}
            for one in usual_services_missing_in(reading.services)
        ],
        "alarms": voters.alarms() + alarms(reading),
        "voter_lists": voters.lists(),
        "blanks": service_alarms.blanks_left(reading),
        "today": _today(reading),
        "rehearsal": rehearsals.outcome(reading.db),
        "forecast": kept_promises(reading),
    }


def _in_hand(ticket: states.Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "state": ticket.state,
        "counter": ticket.counter,
        "since": ticket.since,
        "voter": ticket.voter,
    }


def _devices(reading: Reading) -> list[dict[str, Any]]:
    rows = reading.db.conn.execute(
        "SELECT d.id, kind, name, config, last_seen, clock_off, fault, revoked_at,"
        " token_hash IS NOT NULL AS paired, p.code, p.until FROM devices d"
        " LEFT JOIN pairings p ON p.device = d.id AND p.until > ? ORDER BY d.id",
        (reading.now,),
    )
    return [
        {
            "id": row["id"],
            "kind": row["kind"],
            "name": row["name"],
            "config": json.loads(row["config"]),
            "last_seen": row["last_seen"],
            "clock_off": row["clock_off"],
            "fault": row["fault"],
            "paired": bool(row["paired"]),
            "revoked": row["revoked_at"] is not None,
            "pairing": {"code": row["code"], "until": row["until"]} if row["code"] else None,
        }
        for row in rows
    ]


def alarms(reading: Reading) -> list[dict[str, Any]]:
    """What needs somebody's eye now: {code, details}; those about paper also have an id, since
    when, their level, and who has acknowledged them."""
    result: list[dict[str, Any]] = []
    if reading.trouble:
        result.append({"code": "storage", "details": {"reason": reading.trouble}})
    if reading.clock.in_doubt:
        result.append({"code": "clock_in_doubt", "details": {"off_by": reading.clock.off_by}})
    elif reading.clock.alarm:
        result.append({"code": "clock_jumped", "details": {"off_by": reading.clock.off_by}})
    result += service_alarms.of_blanks(reading) + service_alarms.of_link(reading)
    result += [
        {"code": "device_clock", "details": {"name": device.name}}
        for device in devices.load(reading.db)
        if device.revoked_at is None
        and abs(device.clock_off or 0) > TOLERANCE
        and reading.now - (device.last_seen or 0) < TOLERANCE  # it may be switched off by now
    ]
    for service in reading.services.values():
        if service.state in INTERRUPTED:
            details = {"service": service.code, "cause": service.cause}
            result.append({"code": f"service_{service.state}", "details": details})
        elif reading.waiting_counts.get(service.code) and not any(
            c.state == "open" and c.serves(service.code) for c in reading.counters
        ):
            result.append({"code": "nobody_serves", "details": {"service": service.code}})
    if not paper.is_connected(reading):
        result.append({"code": "no_printer", "details": {}})
    return result + paper.alarms_view(reading)


def _today(reading: Reading) -> dict[str, Any]:
    day = reading.day.day if reading.day else ""
    by_state = {
        row["state"]: row["n"]
        for row in reading.db.conn.execute(
            "SELECT state, count(*) AS n FROM tickets WHERE day = ? GROUP BY state", (day,)
        )
    }
    by_service: dict[str, dict[str, int]] = {}
    for row in reading.db.conn.execute(
        "SELECT service, state, count(*) AS n FROM tickets WHERE day = ? GROUP BY 1, 2", (day,)
    ):
        by_service.setdefault(row["service"], {})[row["state"]] = row["n"]
    waiting_voters = [ticket for ticket in reading.waiting.values() if ticket.voter]
    return {
        "issued": sum(by_state.values()),
        "waiting": by_state.get(states.WAITING, 0),
        "served": by_state.get(states.COMPLETED, 0),
        "absent": by_state.get(states.NO_SHOW, 0),
        "by_state": by_state,
        "by_service": by_service,
        "claims": claims.account(reading.db, day),
        "voters_waiting": len(waiting_voters),
        "voters_at_risk": sum(reading.reasons[t.id].rule == "risk" for t in waiting_voters),
        "voters_late": sum(reading.reasons[t.id].rule == "late" for t in waiting_voters),
    }
