"""Services of the default catalogue that came after an office was set up, or were never taken."""

from kiosk.commands import Answer, allowed
from kiosk.commands.catalogue import put_counter, put_service
from kiosk.domain.actor import SUPERVISOR, Actor
from kiosk.domain.service import usual_services_missing_in
from kiosk.errors import UnknownService
from kiosk.store import counters, services
from kiosk.store.transaction import Transaction


@allowed(SUPERVISOR)
def add_usual_service(tx: Transaction, by: Actor, *, code: str) -> Answer:
    """Add one of them as the catalogue has it. Counters that serve everything serve it too.

    Raises UnknownService for what is no such service, or is there already.
    """
    known = services.catalogue(tx)
    wanted = next((one for one in usual_services_missing_in(known) if one.code == code), None)
    if wanted is None:
        raise UnknownService(service=code)
    answer = put_service(
        tx, by, code=code, letter=wanted.letter, name_id=wanted.name_id, name_en=wanted.name_en,
        bring_id=wanted.bring_id, bring_en=wanted.bring_en, target_minutes=wanted.target // 60,
        expected_seconds=wanted.expected, journey=list(wanted.steps_to_come),
        position=wanted.position,
    )  # fmt: skip
    numbers = []
    for counter in counters.known(tx):
        served = [one for one in counter.services.split(",") if one]
        if set(served) >= set(known):
            put_counter(
                tx, by, counter=counter.number, services_served=[*served, code], zone=counter.zone
            )
            numbers.append(counter.number)
    return answer | {"counters": numbers}
