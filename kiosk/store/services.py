"""The catalogue of services, and what each has given and called today."""

from dataclasses import asdict
from typing import Any

from kiosk.domain.service import BIODATA_INSTEAD, OPEN, SUSPENDED, Service
from kiosk.errors import BiodataInstead, ServiceClosed, ServiceSuspended, UnknownService
from kiosk.store.transaction import Transaction

_COLUMNS = ", ".join(Service.__dataclass_fields__)


def load(db: Any) -> dict[str, Service]:
    """code -> Service, in the order of the kiosk's tiles. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(f"SELECT {_COLUMNS} FROM services ORDER BY position, code")
    return {row["code"]: Service(*row) for row in rows}


def catalogue(tx: Transaction) -> dict[str, Service]:
    """The writer's copy, read once until something changes."""
    services: dict[str, Service] | None = tx.cache.get("services")
    if services is None:
        services = tx.cache["services"] = load(tx.db)
    return services


def get(tx: Transaction, code: str) -> Service:
    """Raises UnknownService."""
    try:
        return catalogue(tx)[code]
    except KeyError:
        raise UnknownService(service=code) from None


def get_going(tx: Transaction, code: str) -> Service:
    """A service whose tickets may wait to be called. Raises UnknownService, ServiceSuspended."""
    service = get(tx, code)
    if service.state == SUSPENDED:
        raise ServiceSuspended(service=service.name_id, cause=service.cause)
    return service


def get_open(tx: Transaction, code: str) -> Service:
    """A service that is offered now.

    Raises what `get_going` raises, BiodataInstead and ServiceClosed.
    """
    service = get_going(tx, code)
    if service.state == BIODATA_INSTEAD:
        raise BiodataInstead(service=service.name_id, cause=service.cause)
    if service.state != OPEN:
        raise ServiceClosed(service=service.name_id, cause=service.cause)
    return service


def is_suspended(db: Any, code: str) -> bool:
    """`db` is a sqlite_utils Database."""
    row = db.conn.execute("SELECT state FROM services WHERE code = ?", (code,)).fetchone()
    return row is not None and row["state"] == SUSPENDED


def add(tx: Transaction, service: Service) -> None:
    tx.insert("services", asdict(service))
    tx.cache.pop("services", None)


def change(tx: Transaction, code: str, **fields: Any) -> None:
    tx.update("services", code, {}, **fields)
    tx.cache.pop("services", None)


def remaining_expected(tx: Transaction, service: str, steps_to_come: tuple[str, ...]) -> int:
    """Configured expected seconds of the current and all later steps."""
    services = catalogue(tx)
    return sum(services[code].expected for code in (service, *steps_to_come) if code in services)


def today(tx: Transaction, code: str) -> tuple[int, int]:
    """(issued, calls) of a service on the transaction's day."""
    row = tx.one("SELECT issued, calls FROM service_days WHERE id = ?", f"{tx.day}/{code}")
    return (row["issued"], row["calls"]) if row else (0, 0)


def count(tx: Transaction, code: str, *, issued: int = 0, calls: int = 0) -> tuple[int, int]:
    """Add to today's counts and return them."""
    key = f"{tx.day}/{code}"
    row = tx.one("SELECT issued, calls FROM service_days WHERE id = ?", key)
    if row is None:
        fields = {"id": key, "day": tx.day, "service": code, "issued": issued, "calls": calls}
        tx.insert("service_days", fields)
        return issued, calls
    now = row["issued"] + issued, row["calls"] + calls
    changed = {"issued": now[0]} if issued else {}
    if calls:
        changed["calls"] = now[1]
    tx.update("service_days", key, {name: row[name] for name in changed}, **changed)
    return now


def finished_seconds(db: Any, day: str, code: str) -> list[int]:
    """Lengths of the last 60 visits finished that day for the service, newest first."""
    rows = db.conn.execute(
        "SELECT seconds FROM visits WHERE day = ? AND service = ? AND voided = 0"
        " ORDER BY id DESC LIMIT 60",
        (day, code),
    )
    return [row["seconds"] for row in rows]
