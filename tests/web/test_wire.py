"""What is refused, and how a refusal looks."""

import socket
import sqlite3

import pytest

from tests.web.conftest import Served
from tests.web.talk import Answer, Asker
from tests.web.test_tickets import take


def refused(answer: Answer, status: int, code: str) -> None:
    assert (answer.status, answer.json["code"]) == (status, code), answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json
    assert document["status"] == status
    assert {"type", "title", "detail"} <= set(document)


@pytest.mark.parametrize(
    "raw",
    [b"{", b"nonsense", b'{"service": "biodata"} x', b"\xff\xfe", b'{"service":"\\ud800"}',
     b'{"service": NaN}', b'{"service":"a\x00b"}'],
)  # fmt: skip
def test_what_is_no_json_is_malformed(kiosk: Asker, raw: bytes) -> None:
    refused(kiosk.ask("POST", "/api/tickets", raw=raw, Idempotency_Key="k"), 422, "malformed")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ("biodata", "body"),
        ({}, "service"),
        ({"service": 7}, "service"),
        ({"service": "biodata", "servise": "x"}, "servise"),
        ({"service": "Biodata!"}, "service"),
        ({"service": "biodata", "priority": "yes"}, "priority"),
        ({"service": "biodata", "priority": 1}, "priority"),
        ({"service": "biodata", "travel_minutes": -1}, "travel_minutes"),
        ({"service": "biodata", "travel_minutes": 241}, "travel_minutes"),
        ({"service": "biodata", "travel_minutes": 1.5}, "travel_minutes"),
        ({"service": "biodata", "travel_minutes": 10**30}, "travel_minutes"),
        ({"service": "biodata", "language": "de"}, "language"),
        ({"service": "biodata", "override_reason": "x" * 201}, "override_reason"),
        ({"service": "biodata", "override_reason": "a\nb"}, "override_reason"),
    ],
)
def test_a_body_that_does_not_fit_names_the_field(kiosk: Asker, body: object, field: str) -> None:
    answer = kiosk.post("/api/tickets", body, Idempotency_Key="k")
    refused(answer, 422, "invalid")
    assert answer.json["field"] == field


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/plain"]
)
def test_a_program_may_leave_the_content_type_of_its_library(kiosk: Asker, kind: str) -> None:
    body = {"service": "biodata"}
    answer = kiosk.post("/api/tickets", body, Idempotency_Key="k", Content_Type=kind)
    assert answer.status == 201


@pytest.mark.parametrize(
    "sign", [{"Origin": "http://elsewhere.example"}, {"Sec_Fetch_Site": "cross-site"}]
)
def test_a_form_of_a_foreign_page_is_refused(kiosk: Asker, sign: dict[str, str]) -> None:
    form = {"Content_Type": "text/plain"} | sign
    answer = kiosk.post("/api/tickets", {"service": "biodata"}, Idempotency_Key="k", **form)
    refused(answer, 403, "origin_refused")
    assert kiosk.get("/api/board").json["services"][0]["waiting"] == 0


def test_nothing_may_be_sent_as_anything(boss: Asker) -> None:
    assert boss.ask("POST", "/api/day/open", raw=b"", Content_Type="text/plain").status == 200


def test_deep_nesting_is_refused_like_any_other_shape(kiosk: Asker) -> None:
    for raw in (b"[" * 60_000, b'{"service":' * 5_000):
        assert kiosk.ask("POST", "/api/tickets", raw=raw, Idempotency_Key="k").status == 422


@pytest.mark.parametrize("key", ["", "x" * 129, "two words", "tab\there"])
def test_a_key_of_another_make_is_refused(kiosk: Asker, key: str) -> None:
    answer = kiosk.post("/api/tickets", {"service": "biodata"}, Idempotency_Key=key)
    refused(answer, 422, "invalid")


def test_a_body_over_64_kb_is_refused(kiosk: Asker) -> None:
    answer = kiosk.ask("POST", "/api/tickets", raw=b'"' + b"x" * 70_000 + b'"', Idempotency_Key="k")
    refused(answer, 413, "too_large")


def test_a_body_in_chunks_is_read_and_bounded_too(served: Served) -> None:
    token = served.device("kiosk")
    asker = served.asker()
    head = {
        "Authorization": f"Bearer {token}", "Idempotency-Key": "k", "Transfer-Encoding": "chunked",
    }  # fmt: skip
    for size, status in ((10, 201), (70_000, 413)):
        body = b'{"service":"biodata"' + b" " * size + b"}"
        chunk = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
        asker._connection.request("POST", "/api/tickets", chunk, head)
        response = asker._connection.getresponse()
        response.read()
        assert response.status == status


def test_a_body_that_breaks_off_is_malformed_and_no_mistake_of_ours(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    head = (
        f"POST /api/tickets HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
        f"Authorization: Bearer {served.device('kiosk')}\r\nIdempotency-Key: k\r\n"
    )
    for begun in ("Content-Length: 25\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n19\r\n{"):
        with socket.create_connection(("127.0.0.1", served.port), timeout=20) as connection:
            connection.sendall((head + begun).encode())
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(64).startswith(b"HTTP/1.1 422 ")
    assert "Traceback" not in caplog.text


def test_a_body_may_be_left_out_where_nothing_is_needed(boss: Asker) -> None:
    assert boss.ask("POST", "/api/day/open").status == 200
    refused(boss.post("/api/day/open", {"now": True}), 422, "invalid")


def test_an_address_nobody_has_is_not_found(kiosk: Asker) -> None:
    refused(kiosk.get("/api/nothing"), 404, "not_found")
    refused(kiosk.get("/nothing", Accept="application/json"), 404, "not_found")


def test_a_wrong_method_names_the_right_one(kiosk: Asker) -> None:
    answer = kiosk.get("/api/tickets")
    refused(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]
    refused(kiosk.post("/api/board"), 405, "method_not_allowed")


def test_a_refusal_speaks_the_askers_language(kiosk: Asker) -> None:
    path, body = "/api/tickets", {"service": "biodata"}
    indonesian = kiosk.post(path, body)
    english = kiosk.post(path, body, Accept_Language="en-GB,en;q=0.9,id;q=0.5")
    by_address = kiosk.post(f"{path}?lang=en", body)
    assert indonesian.headers["Content-Language"] == "id"
    assert english.headers["Content-Language"] == "en"
    assert by_address.json == english.json
    assert indonesian.json["code"] == english.json["code"]
    assert english.json["detail"] == "An Idempotency-Key is needed."


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "Layanan: wajib diisi"),
        ({"service": 7}, "Layanan: jenis isiannya salah"),
        ({"service": "biodata", "nik": "6"}, "nik: tidak dikenal"),
        ({"service": "biodata", "travel_minutes": 10**9}, "Perjalanan ke TPS: di luar batas"),
        ({"service": "biodata", "language": "xx"}, "language: bukan salah satu pilihan"),
        ({"service": "Bio data"}, "Layanan: tidak ditulis dengan benar"),
    ],
)
def test_what_is_wrong_with_a_field_is_said_in_indonesian(
    kiosk: Asker, body: object, detail: str
) -> None:
    answer = kiosk.post("/api/tickets", body, Idempotency_Key="k")
    assert answer.json["detail"] == detail
    assert answer.json["problem"].startswith("is ")
    assert answer.json["expected"]


def test_a_ticket_in_the_wrong_state_is_told_in_the_words_of_the_screens(
    kiosk: Asker, boss: Asker
) -> None:
    ticket = take(kiosk).json["ticket"]
    boss.post(f"/api/tickets/{ticket['id']}/cancel", {"reason": "x"})
    answer = boss.post(f"/api/tickets/{ticket['id']}/cancel", {"reason": "x"})
    refused(answer, 409, "wrong_state")
    assert "berstatus batal" in answer.json["detail"]
    assert answer.json["state"] == "cancelled"


def test_a_file_that_cannot_be_written_is_503(served: Served, kiosk: Asker) -> None:
    """Another program holds the file's write lock for longer than the office waits."""
    served.server.office.writer._db.conn.execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(served.config.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = take(kiosk)
    refused(answer, 503, "storage_unavailable")
    assert int(answer.headers["Retry-After"]) >= 1
    assert "sedang dikunci program lain" in answer.json["detail"]
    health = kiosk.get("/health")
    assert health.status == 503
    assert health.json["reason"] == "locked"
    assert kiosk.get("/api/board").json["trouble"] == "locked"
    other.execute("ROLLBACK")
    assert take(kiosk).status == 201
    assert kiosk.get("/health").json["status"] == "ok"
    other.close()


def test_a_mistake_of_ours_is_a_problem_too(
    served: Served, kiosk: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> object:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(served.server.site.snapshots, "fetched", broken)
    answer = kiosk.get("/api/board")
    refused(answer, 500, "error")
    assert b"ZeroDivision" not in answer.content
