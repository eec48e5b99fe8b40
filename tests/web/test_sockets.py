"""Socket.IO: who may listen, what a delta says, who is thrown out."""

from typing import Any

import pytest

from kiosk.commands import people
from kiosk.web.merge_patch import apply
from tests.cast import SUPERVISOR
from tests.web.conftest import Served
from tests.web.talk import Asker, Screen
from tests.web.test_tickets import take

MACHINERY = ("from", "t")


def shown(snapshot: Any, delta: dict[str, Any]) -> Any:
    """The screen's picture after a delta."""
    return apply(snapshot, {k: v for k, v in delta.items() if k not in MACHINERY})


def without_nulls(value: object) -> object:
    """A merge patch cannot say null, and screens read a missing name as null."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    return value


@pytest.mark.parametrize("namespace", ["/display", "/counter", "/kiosk", "/phone", "/supervisor"])
def test_a_stranger_is_refused(served: Served, namespace: str) -> None:
    assert served.screen(namespace).refused == "unauthorized"
    assert served.screen(namespace, token="x" * 43).refused == "unauthorized"


@pytest.mark.parametrize(
    ("kind", "open_to"),
    [
        ("display", {"/display"}),
        ("kiosk", {"/display", "/kiosk"}),
        ("counter", {"/display", "/counter"}),
        ("agent", {"/display"}),
    ],
)
def test_a_device_listens_where_its_kind_may(served: Served, kind: str, open_to: set[str]) -> None:
    token = served.device(kind)
    for namespace in ("/display", "/kiosk", "/counter", "/supervisor"):
        expected = None if namespace in open_to else "unauthorized"
        assert served.screen(namespace, token=token).refused == expected
        bearer = served.screen(namespace, Authorization=f"Bearer {token}")
        assert bearer.refused == expected


def test_a_session_cookie_opens_the_supervisors_feed(served: Served) -> None:
    boss, desk = served.session("supervisor"), served.session("counter", counter=1)
    assert served.screen("/supervisor", Cookie=boss.headers["Cookie"]).refused is None
    assert served.screen("/supervisor", Cookie=desk.headers["Cookie"]).refused == "unauthorized"
    assert served.screen("/counter", Cookie=desk.headers["Cookie"]).refused is None


def test_a_display_is_told_of_a_new_number(served: Served, kiosk: Asker) -> None:
    token = served.device("display")
    display = served.asker(Authorization=f"Bearer {token}")
    screen = served.screen("/display", token=token)
    before = display.get("/api/board").json
    take(kiosk)
    delta = screen.delta()
    assert delta["from"] <= before["seq"] < delta["seq"]
    assert isinstance(delta["t"], int)
    after = display.get("/api/board").json
    assert without_nulls(shown(before, delta) | {"now": 0}) == without_nulls(after | {"now": 0})


def test_deltas_follow_each_other_without_a_gap(served: Served, kiosk: Asker) -> None:
    token = served.device("display")
    screen = served.screen("/display", token=token)
    picture = served.asker(Authorization=f"Bearer {token}").get("/api/board").json
    last = picture["seq"]
    for number in range(30):
        take(kiosk, key=f"k{number}")
    while picture["services"][0]["waiting"] < 30:
        delta = screen.delta()
        assert delta["from"] <= last < delta["seq"]
        picture, last = shown(picture, delta), delta["seq"]


def test_a_snapshot_fetched_between_two_deltas_is_led_on_too(served: Served, kiosk: Asker) -> None:
    """The counter is free in both pictures that were sent; the fetched one showed it busy."""
    token = served.device("display")
    display = served.asker(Authorization=f"Bearer {token}")
    desk = served.session("counter", counter=1)
    served.session("supervisor").post("/api/day/open")
    desk.post("/api/counters/1/open")
    take(kiosk)
    screen = served.screen("/display", token=token)
    channel = served.server.publisher.channel("/display", "all")
    assert channel is not None
    desk.post("/api/counters/1/call-next")
    screen.delta()
    busy = display.get("/api/board").json
    channel._bases = [busy, {**busy, "current": [], "version": "x"}]
    desk.post("/api/counters/1/undo")
    assert shown(busy, screen.delta())["current"] == []


def test_every_kind_of_screen_is_led_to_the_snapshot_it_would_fetch(
    served: Served, kiosk: Asker
) -> None:
    boss, desk = served.session("supervisor"), served.session("counter", counter=1)
    watched = {
        "/supervisor": (boss, "/api/supervisor"),
        "/counter": (desk, "/api/desk"),
    }
    screens = {n: served.screen(n, Cookie=a.headers["Cookie"]) for n, (a, _) in watched.items()}
    pictures = {n: asker.get(path).json for n, (asker, path) in watched.items()}
    boss.post("/api/day/open")
    desk.post("/api/counters/1/open")
    take(kiosk)
    desk.post("/api/counters/1/call-next")
    for namespace, (asker, path) in watched.items():
        goal = asker.get(path).json
        picture = pictures[namespace]
        while picture["seq"] < goal["seq"]:
            picture = shown(picture, screens[namespace].delta())
        drifting = ("now", "waiting")  # how urgent somebody is changes with the time
        left, right = ({k: v for k, v in p.items() if k not in drifting} for p in (picture, goal))
        assert without_nulls(left) == without_nulls(right)


def test_a_phone_hears_of_its_place_in_the_line(served: Served, kiosk: Asker) -> None:
    desk = served.session("counter", counter=1)
    served.session("supervisor").post("/api/day/open")
    desk.post("/api/counters/1/open")
    first, second = (take(kiosk, key=k).json["ticket"] for k in ("a", "b"))
    phone = served.screen("/phone", token=second["token"])
    assert phone.refused is None
    desk.post("/api/counters/1/call-next")
    delta = phone.delta()
    assert delta["ahead"] == {first["number"]: None, second["number"]: 0}
    assert delta["called"] == [{"number": first["number"], "counter": 1}]


def test_a_phone_that_hears_nothing_else_hears_a_beat(served: Served, kiosk: Asker) -> None:
    phone = served.screen("/phone", token=take(kiosk).json["ticket"]["token"])
    while not phone.text().startswith('42/phone,["beat"'):
        pass


def test_a_phone_follows_its_ticket_to_another_service(served: Served, kiosk: Asker) -> None:
    boss = served.session("supervisor")
    ticket = take(kiosk).json["ticket"]
    phone = served.screen("/phone", token=ticket["token"])
    body = {"service": "family", "reason": "salah pilih"}
    boss.post(f"/api/tickets/{ticket['id']}/reclassify", body)
    while (gap := phone.delta())["from"] != gap["seq"]:
        pass
    assert gap["seq"] > ticket["id"], "the phone has to fetch its ticket"
    take(kiosk, key="next", service="family")
    assert phone.delta()["ahead"] == {"E-001": 1}


def test_one_ticket_has_only_so_many_sockets(served: Served, kiosk: Asker) -> None:
    token = take(kiosk).json["ticket"]["token"]
    refusals = [served.screen("/phone", token=token).refused for _ in range(6)]
    assert refusals == [None] * 4 + ["unauthorized"] * 2


def test_revoking_a_device_disconnects_it(served: Served, boss: Asker) -> None:
    token = served.device("display")
    screen = served.screen("/display", token=token)
    device = boss.get("/api/supervisor").json["devices"][-1]
    assert device["connected"] is True
    boss.post(f"/api/devices/{device['id']}/revoke")
    assert screen.text() == "41/display,"
    assert_hung_up(screen)
    assert boss.get("/api/supervisor").json["devices"][-1]["connected"] is False
    assert served.screen("/display", token=token).refused == "unauthorized"
    assert served.asker(Authorization=f"Bearer {token}").get("/api/board").status == 401


def test_a_device_revoked_by_another_process_is_disconnected(served: Served) -> None:
    """Only the file tells: nobody in this process says that something changed."""
    screen = served.screen("/display", token=served.device("display"))
    served.server.office.do(people.revoke_device, SUPERVISOR, device_id=1)
    assert _skip_deltas(screen) == "41/display,"
    assert_hung_up(screen)


def assert_hung_up(screen: Screen) -> None:
    """The server ends the connection itself, whatever the other side would like."""
    screen.socket.settimeout(3)
    with pytest.raises((EOFError, ConnectionError)):
        _skip_everything(screen)


def _skip_everything(screen: Screen) -> None:
    while True:
        screen.text()


def _skip_deltas(screen: Screen) -> str:
    while (text := screen.text()).startswith("42"):
        pass
    return text


def test_signing_out_disconnects(served: Served) -> None:
    boss = served.session("supervisor")
    screen = served.screen("/supervisor", Cookie=boss.headers["Cookie"])
    boss.post("/api/session/end")
    assert screen.text() == "41/supervisor,"


def test_a_page_of_somebody_else_cannot_open_a_socket(served: Served) -> None:
    token = served.device("display")
    with pytest.raises(EOFError):
        served.screen("/display", token=token, Origin="https://evil.example")


def test_another_host_name_cannot_open_a_socket(served: Served) -> None:
    token = served.device("display")
    with pytest.raises(EOFError):
        served.screen("/display", token=token, Host="evil.example")


def test_a_message_that_is_too_large_ends_the_connection(served: Served) -> None:
    screen = served.screen("/display", token=served.device("display"))
    screen.send(f'42/display,["x","{"a" * 20_000}"]')
    with pytest.raises((EOFError, ConnectionError)):
        screen.text()
