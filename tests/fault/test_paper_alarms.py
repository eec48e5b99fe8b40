"""How soon the office knows that a printer needs somebody, and that it works again: at the pace of
an office, with nothing shortened."""

import time
from pathlib import Path

import pytest

from kiosk.printing.links import Patience
from kiosk.printing.worker import Pace
from tests.simulators import printer as simulated
from tests.simulators.paper_office import PaperOffice, is_copy, number_on

pytestmark = [pytest.mark.fault, pytest.mark.timeout(120)]

#: The alarm by what happens, and the seconds in which it has to come.
KNOWN_WITHIN = {
    "printer_near_end": 10.0,
    "printer_out": 10.0,
    "printer_cover": 10.0,
    "printer_error": 10.0,
    "printer_unreachable": 15.0,
}
CLEARED_WITHIN = PRINTED_WITHIN = 10.0


def test_alarms_come_go_and_printing_goes_on_in_time(tmp_path: Path) -> None:
    office = PaperOffice(tmp_path / "office")
    machines = {code: office.simulator() for code in KNOWN_WITHIN}
    numbers = {code: office.printer(machine) for code, machine in machines.items()}
    kiosks = {code: office.kiosk(number) for code, number in numbers.items()}

    def alarms() -> set[tuple[str, int]]:
        rows = office.rows("SELECT code, printer FROM alarms WHERE cleared_at IS NULL")
        return {(row["code"], row["printer"]) for row in rows}

    try:
        with office.passing_time():
            for number in numbers.values():
                office.start(number, Patience(), Pace())
            for kiosk in kiosks.values():
                office.wait_until(office.take(kiosk), "printed")
            assert alarms() == set()

            began = time.monotonic()
            machines["printer_near_end"].status = simulated.NEAR_END
            machines["printer_out"].status = simulated.OUT_OF_PAPER
            machines["printer_cover"].status = simulated.COVER_OPEN
            machines["printer_error"].status = simulated.CUTTER_JAM
            machines["printer_unreachable"].switch_off()
            took = {}
            for code, limit in KNOWN_WITHIN.items():
                office.wait_for(lambda code=code: (code, numbers[code]) in alarms(), code, limit)
                took[code] = time.monotonic() - began
            late = {code: office.take(kiosk) for code, kiosk in kiosks.items()}
            # Near end is a warning: printing goes on.
            office.wait_until(late["printer_near_end"], "printed")

            began = time.monotonic()
            machines["printer_unreachable"].switch_on()
            for machine in machines.values():
                machine.heal()
            for code, ticket in late.items():
                limit = PRINTED_WITHIN - (time.monotonic() - began)
                office.wait_for(
                    lambda ticket=ticket: office.job_of(ticket)["state"] == "printed", code, limit
                )
            printed = time.monotonic() - began
            limit = CLEARED_WITHIN - (time.monotonic() - began)
            office.wait_for(lambda: alarms() == set(), "cleared", limit)
            print({code: round(seconds, 1) for code, seconds in took.items()},
                  f"printed {printed:.1f}", f"cleared {time.monotonic() - began:.1f}")  # fmt: skip
            for code, machine in machines.items():
                assert number_on(machine.tickets[-1]) == late[code]["number"]
                assert not is_copy(machine.tickets[-1])
                assert machine.most_at_once == 1
                assert all(end - start < 1 for start, end in machine.connections)
    finally:
        office.stop()
