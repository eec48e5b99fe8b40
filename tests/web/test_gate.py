"""The outermost layer: hosts, origins, limits for strangers, headers, and what is logged."""

import logging
import time

import pytest

from kiosk.web.limits import Allowance, Crowd
from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_tickets import take


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:1", "LOCALHOST"])
def test_our_own_names_are_served(served: Served, host: str) -> None:
    assert served.asker().get("/health", Host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "10.0.0.1",
        "[",
        "a b",
    ],
)
def test_other_names_are_refused(served: Served, host: str) -> None:
    answer = served.asker().get("/health", Host=host)
    assert (answer.status, answer.code) == (403, "origin_refused")


def test_the_public_address_is_a_name_of_ours(served: Served, boss: Asker) -> None:
    assert served.asker().get("/health", Host="antre.example").status == 403
    boss.post("/api/settings", {"key": "public_url", "value": "https://antre.example/x"})
    assert served.asker().get("/health", Host="antre.example").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_a_page_of_somebody_else_changes_nothing(boss: Asker, headers: dict[str, str]) -> None:
    answer = boss.post("/api/day/open", None, **headers)
    assert (answer.status, answer.code) == (403, "origin_refused")


def test_our_own_page_may(boss: Asker) -> None:
    answer = boss.post(
        "/api/day/open", Origin=f"http://127.0.0.1:{boss.port}", Sec_Fetch_Site="same-origin"
    )
    assert answer.status == 200


def test_every_answer_carries_the_safe_headers(served: Served) -> None:
    for path in ("/", "/health", "/api/nothing", "/static/css/tokens.css", "/socket.io/?EIO=4"):
        headers = served.asker().get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert f"ws://127.0.0.1:{served.port}" in policy
        assert "frame-ancestors 'self'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Server" not in headers


def test_what_is_private_is_not_stored(served: Served, boss: Asker) -> None:
    assert boss.get("/api/session").headers["Cache-Control"] == "no-store"
    assert "no-cache" in boss.get("/api/supervisor").headers["Cache-Control"]


def test_a_stranger_who_asks_too_much_waits_and_paired_devices_never(served: Served) -> None:
    stranger, kiosk = served.asker(), served.at_device("kiosk")
    served.server.site.strangers = Allowance(5, 0.01)
    statuses = [stranger.get("/health").status for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2
    answer = stranger.get("/health")
    assert answer.code == "too_many_requests"
    assert int(answer.headers["Retry-After"]) >= 1
    assert all(kiosk.get("/health").status == 200 for _ in range(20))
    assert take(kiosk).status == 201


def test_strangers_hold_only_so_many_sockets_open(served: Served) -> None:
    served.server.site.crowd = Crowd(2)
    kiosk = served.at_device("kiosk")
    tokens = [take(kiosk, key=f"k{n}").json["ticket"]["token"] for n in range(3)]
    first, second = (served.screen("/phone", token=token) for token in tokens[:2])
    assert (first.refused, second.refused) == (None, None)
    with pytest.raises(EOFError):
        served.screen("/phone", token=tokens[2])
    device = f"Bearer {served.device('display')}"
    assert served.screen("/display", Authorization=device).refused is None
    first.close()
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            third = served.screen("/phone", token=tokens[2])
        except EOFError:
            continue
        assert third.refused is None
        return
    raise AssertionError("no room again")


def test_an_allowance_fills_up_again() -> None:
    allowance = Allowance(2, 0.5)
    assert [allowance.take("a", 0.0) for _ in range(3)] == [0, 0, 2]
    assert allowance.take("b", 0.0) == 0
    assert allowance.take("a", 2.0) == 0
    assert allowance.take("a", 2.0) > 0


def test_one_ipv6_network_is_one_stranger() -> None:
    allowance = Allowance(1, 0.1)
    assert allowance.take("2001:db8:1:2::a", 0.0) == 0
    assert allowance.take("2001:db8:1:2::b", 0.0) > 0
    assert allowance.take("2001:db8:1:3::b", 0.0) == 0


def test_only_a_proxy_on_this_machine_is_believed_about_the_address(served: Served) -> None:
    served.server.site.strangers = Allowance(1, 0.01)
    asker = served.asker()
    assert asker.get("/health", X_Forwarded_For="203.0.113.1").status == 200
    assert asker.get("/health", X_Forwarded_For="203.0.113.1").status == 429
    assert asker.get("/health", X_Forwarded_For="203.0.113.1, 203.0.113.2").status == 200


def test_tokens_and_pins_are_never_logged(
    served: Served, kiosk: Asker, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ticket = take(kiosk).json["ticket"]
    asker = served.asker()
    asker.get(f"/t/{ticket['token']}")
    asker.get(f"/api/phone/{ticket['token']}")
    asker.get(f"/api/tickets/{ticket['id']}/qr.svg?token={ticket['token']}")
    asker.post("/api/session", {"name": "Petugas", "pin": "493817"})
    asker.post(f"/api/tickets/{ticket['id']}/cancel", {"token": ticket["token"]})
    lines = "\n".join(record.getMessage() for record in caplog.records)
    assert "path=/api/phone/-" in lines
    assert "path=/t/-" in lines
    for secret in (ticket["token"], "493817", kiosk.headers["Authorization"].split()[1]):
        assert secret not in lines


def test_a_websocket_elsewhere_is_closed(served: Served) -> None:
    asker = served.asker()
    answer = asker.get(
        "/api/board", Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==",
    )  # fmt: skip
    assert answer.status == 101
    assert answer.headers.get("Upgrade") == "websocket"
