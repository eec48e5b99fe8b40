"""Three hard mornings, each to the end with nobody lost."""

from pathlib import Path

import pytest

from kiosk import errors
from kiosk.commands import calling, catalogue, counter, passing, people
from kiosk.domain.actor import Actor
from tests.cast import SUPERVISOR, Cast, local, staff
from tests.hall import assert_nobody_is_lost, seen, serve_out, states

LINKED = ("biodata", "card-printing", "recording")


def alarms(cast: Cast, code: str) -> list[dict[str, object]]:
    return [alarm["details"] for alarm in seen(cast)["alarms"] if alarm["code"] == code]


def test_the_link_drops_during_a_shift_change_with_tickets_in_hand(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 09:50")
    cast.open(1, 2, 3)
    cast.do(people.add_staff, SUPERVISOR, label="Petugas 1b", role="counter", pin_hash="-")
    for service in (*LINKED, "family", *LINKED, "family", *LINKED):
        cast.take(service)
        cast.time.forward(seconds=20)
    in_hand = [cast.call(number)["number"] for number in (1, 2, 3)]
    for number in (1, 2):
        cast.at(number, calling.start)
    # The shift changes: one hands over, one has gone, and at the third somebody is on the way.
    cast.at(1, counter.hand_over, to="Petugas 1b")
    relief = Actor("Petugas 2b", "counter", "counter:2", counter=2)
    cast.do(counter.take_over, relief, counter=2)
    handed = Actor("Petugas 1b", "counter", "counter:1", counter=1)

    # The link drops: one key at each counter; the third person has just arrived.
    cast.do(passing.park, handed, counter=1, cause="link", due_back_minutes=15)
    cast.do(passing.park, relief, counter=2, cause="link", due_back_minutes=15)
    cast.at(3, calling.start)
    cast.at(3, passing.park, cause="link", due_back_minutes=15)
    assert {alarm["service"] for alarm in alarms(cast, "link_reported")} == set(LINKED)
    back = local("2026-11-27 10:20")
    for code in LINKED:
        cast.do(
            catalogue.set_service_state, SUPERVISOR, code=code, state="suspended", cause="link",
            expected_back=back,
        )  # fmt: skip
    assert alarms(cast, "link_reported") == []
    assert {state for number, state in states(cast).items() if number in in_hand} == {"parked"}
    with pytest.raises(errors.ServiceSuspended):
        cast.take("biodata")
    cast.take("family")

    # What needs no link goes on; nobody of the others is called, however long it takes.
    for number, by in ((1, handed), (2, relief)):
        ticket = cast.do(calling.call_next, by, counter=number)["ticket"]
        assert ticket["number"].startswith("E")
        cast.do(calling.start, by, counter=number)
        cast.time.forward(minutes=12)
        cast.office.tick()
        cast.do(passing.finish, by, counter=number)
    third = cast.call(3)["number"]
    assert third.startswith("E")
    cast.at(3, calling.start)
    cast.at(3, passing.finish)
    with pytest.raises(errors.QueueEmpty):
        cast.call(3)

    # The link is back: who had been set aside comes first, then the line in its old order.
    for code in LINKED:
        cast.do(catalogue.restore_service, SUPERVISOR, code=code)
    first = [
        cast.do(calling.call_next, by, counter=number)["ticket"]["number"]
        for number, by in ((1, handed), (2, relief), (3, staff(3)))
    ]
    assert sorted(first) == sorted(in_hand)
    for number, by in ((1, handed), (2, relief), (3, staff(3))):
        cast.do(calling.start, by, counter=number)
        if seen(cast)["counters"][str(number)]["ticket"]["journey"]:
            cast.do(passing.next_step, by, counter=number)
        cast.do(passing.finish, by, counter=number)
        cast.do(counter.close_counter, by, counter=number)
    cast.open(1, 2, 3)
    rest = serve_out(cast, 1, 2, 3)

    assert rest == ["A-002", "B-002", "C-002", "A-003", "B-003", "C-003"]
    assert_nobody_is_lost(cast)


def test_blanks_run_out_at_ten_fifteen_with_eight_waiting_for_cards(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 10:00", settings={"blanks": "1"})
    cast.open(1, 2)
    last = cast.take("card-printing")["number"]
    assert cast.call(1)["number"] == last
    cast.at(1, calling.start)
    cards = []
    for minute in range(8):
        voter = {"travel_minutes": 30} if minute % 2 else {}
        cards.append(cast.take("card-printing" if minute % 4 else "lost-card", **voter)["number"])
        cast.time.forward(minutes=1)
    recording = cast.take("recording")["number"]
    assert alarms(cast, "blanks_low") == [{"left": 1, "waiting": 8}]

    cast.time.forward(minutes=7)
    assert cast.office.clock.now() == local("2026-11-27 10:15")
    cast.at(1, passing.finish, blanks=1)
    proposed = alarms(cast, "blanks_gone")
    assert [(alarm["service"], alarm["waiting"]) for alarm in proposed] == [
        ("card-printing", 6), ("lost-card", 2),
    ]  # fmt: skip
    moved = []
    for alarm in proposed:
        moved += cast.do(
            catalogue.set_service_state, SUPERVISOR, code=alarm["service"], cause="blanks",
            state="biodata_instead", move_waiting=True, expected_back=local("2026-11-27 11:00"),
        )["moved"]  # fmt: skip
    assert sorted(moved) == sorted(cards)
    assert alarms(cast, "blanks_gone") == []
    services = {service["code"]: service for service in seen(cast)["services"]}
    assert services["card-printing"]["instead"] == "biodata"
    assert services["biodata"]["waiting"] == 8
    with pytest.raises(errors.BiodataInstead):
        cast.take("card-printing")
    newcomer = cast.take("biodata", travel_minutes=30)["number"]

    called = serve_out(cast, 1, 2, outcome=lambda ticket: "biodata_instead")

    assert sorted(called) == sorted([*cards, recording, newcomer])
    assert_nobody_is_lost(cast)
    cast.do(catalogue.set_setting, SUPERVISOR, key="blanks", value="40")
    for alarm in alarms(cast, "blanks_back"):
        cast.do(catalogue.set_service_state, SUPERVISOR, code=alarm["service"], state="open")
    assert alarms(cast, "blanks_back") == []
    cast.take("card-printing")
    serve_out(cast, 1)
    assert_nobody_is_lost(cast)


def test_twelve_thirty_five_with_thirty_voters_waiting(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 11:40", counters=6)
    cast.open(1, 2, 3)
    for number in range(30):
        cast.take("biodata", travel_minutes=(5, 10, 15)[number % 3])
        cast.time.forward(seconds=20)
    ordinary = [cast.take("family")["number"] for _ in range(4)]
    waiting = [number for number in states(cast) if number.startswith("A")]
    cast.time.forward(minutes=45)
    assert cast.office.clock.now() == local("2026-11-27 12:35")

    # The supervisor sees who will be in time and what would help, and does it.
    before = seen(cast)
    lists = before["voter_lists"]
    assert len(lists["in_time"]) + len(lists["not_in_time"]) == len(waiting) == 30
    assert before["voters"]["red"] is True
    best = lists["remedies"][0]
    assert (best["service"], best["could_open"]) == ("biodata", [4, 5, 6])
    for number in best["could_open"][: best["counters"]]:
        cast.at(number, counter.open_counter)
    after = seen(cast)["voter_lists"]
    assert len(after["in_time"]) == best["made"] > len(lists["in_time"])

    # As forecast they begin in time; the others are called too: nobody is sent away.
    deadline = {row["number"]: row["start_before"] for row in after["in_time"]}
    open_now = [1, 2, 3, *best["could_open"][: best["counters"]]]
    begun: dict[str, int] = {}

    def note(ticket: dict[str, object]) -> str:
        begun[str(ticket["number"])] = int(str(ticket["called_at"]))
        return "done"

    serve_out(cast, *open_now, outcome=note)

    assert set(begun) == {*waiting, *ordinary}
    assert [number for number, latest in deadline.items() if begun[number] > latest] == []
    assert_nobody_is_lost(cast)
