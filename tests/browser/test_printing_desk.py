"""The supervisor's hand at a printer that has its moods: alarm, settling, a close look."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.screens import Screens, say
from tests.browser.tones import note_tones, tones_after
from tests.simulators import printer as simulated
from tests.simulators.paper_office import is_copy, number_on
from tests.simulators.printer import PrinterSimulator

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAME = "Pintu utara"


@pytest.fixture
def machine(office: House) -> Iterator[PrinterSimulator]:
    with PrinterSimulator() as made:
        body = {"name": NAME, "kind": "network", "address": made.address, "status": "dle_eot"}
        number = office.boss.post("/api/printers", body)["printer"]["id"]
        made.wait_for_look()
        yield made
        for job in office.state()["unsettled"]:
            office.boss.post(f"/api/print-jobs/{job['id']}/settle", {"came_out": True})
        office.boss.post("/api/printers", body | {"printer": number, "active": False})


def test_an_alarm_rings_is_answered_and_goes_by_itself(
    machine: PrinterSimulator, screens: Screens
) -> None:
    page = screens.supervisor()
    expect(page.locator(".alarms").first).to_be_attached()
    note_tones(page)
    machine.status = simulated.NEAR_END
    assert len(tones_after(page, 1)) == 1
    machine.status = simulated.COVER_OPEN
    text = say("{name}: the cover is open. Close it.", name=NAME)
    line = page.locator(".alarm").filter(has_text=text)
    expect(line).to_be_visible()
    assert len(tones_after(page, 5)) == 5
    line.get_by_role("button", name=say("I take care of it")).click()
    expect(line).to_contain_text(say("taken by {name}", name="Penyelia"))
    machine.heal()
    expect(line).to_be_hidden()


def test_a_ticket_nobody_is_sure_of_is_settled_with_a_copy(
    machine: PrinterSimulator, office: House, screens: Screens
) -> None:
    machine.drop_after = 100
    ticket = office.take()
    page = screens.supervisor("printing")
    row = page.get_by_role("row").filter(has_text=ticket["number"])
    expect(row).to_contain_text(say("the connection broke off"))
    machine.heal()
    name = say("{number} did not come out: print a copy", number=ticket["number"])
    row.get_by_role("button", name=name).click()
    expect(row).to_be_hidden()
    copy = next(piece for piece in machine.wait_for(2, 20) if is_copy(piece))
    assert number_on(copy) == ticket["number"]

    printer = page.get_by_role("row").filter(has_text=NAME).last  # tests before added others
    printer.get_by_role("button", name=say("Look closely")).click()
    health = page.locator(".paper-health")
    expect(health).to_contain_text("12 12 12 12")
    expect(health).to_contain_text(say("{number}, copy {copy}", number=ticket["number"], copy=1))
    health.get_by_role("button", name=say("Self-test page")).click()
    page_of_measures = machine.wait_for(3, 20)[-1]
    assert "UJI CETAK" in page_of_measures.text
    assert "Penggaris" in page_of_measures.text
