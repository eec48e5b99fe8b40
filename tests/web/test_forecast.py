"""What newcomers are told over HTTP, and the server's own forecaster."""

import threading
from dataclasses import replace

import pytest

from kiosk.board.forecaster import Forecaster
from kiosk.commands import counter
from kiosk.domain.calibration import Forecast
from tests.cast import SUPERVISOR
from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_tickets import take


def test_a_kiosk_asks_what_a_newcomer_has_to_expect(served: Served, kiosk: Asker) -> None:
    served.do(counter.open_counter, SUPERVISOR, counter=1)
    take(kiosk)

    answer = kiosk.get("/api/forecast?service=biodata&voter=1&travel_minutes=45").json

    assert set(answer) == {
        "service", "wait", "done", "latest_start", "class", "people_ahead", "calibrated",
    }  # fmt: skip
    assert answer["service"] == "biodata"
    assert answer["wait"] is None
    assert answer["calibrated"] is False
    assert kiosk.get("/api/forecast?service=biodata").json["people_ahead"] == 1


def test_the_newest_table_is_what_kiosks_and_tickets_get(served: Served, kiosk: Asker) -> None:
    served.do(counter.open_counter, SUPERVISOR, counter=1)
    office = served.server.office
    tables: list[Forecast | None] = []
    forecaster = Forecaster(served.config.database, office.clock, tables.append)
    forecaster.refresh()
    forecaster.stop()
    assert tables[0] is not None
    served.server.forecaster.stop()
    office.forecast = replace(tables[0], known=frozenset({"biodata"}))

    answer = kiosk.get("/api/forecast?service=biodata&priority=1").json
    promised = take(kiosk).json["ticket"]["wait"]

    assert answer["calibrated"]
    assert answer["done"]["high"] > answer["done"]["low"]
    assert promised is not None
    assert promised == kiosk.get("/api/kiosk").json["services"][0]["wait"]


@pytest.mark.parametrize(
    "query",
    ["", "?service=nothing", "?service=biodata&voter=yes", "?service=biodata&travel_minutes=-1",
     "?service=biodata&travel_minutes=241"],
)  # fmt: skip
def test_a_wrong_question_is_refused(kiosk: Asker, query: str) -> None:
    assert kiosk.get(f"/api/forecast{query}").code in ("invalid", "unknown_service")


def test_a_stranger_is_told_nothing(served: Served) -> None:
    assert served.asker().get("/api/forecast?service=biodata").status == 401
    assert served.at_device("counter").get("/api/forecast?service=biodata").status == 403
    assert served.at_device("display").get("/api/forecast?service=biodata").status == 200


def test_the_server_renews_the_forecast_by_itself(served: Served, kiosk: Asker) -> None:
    made = threading.Event()
    office = served.server.office

    class Watched(type(office)):  # type: ignore[misc]
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            if name == "forecast":
                made.set()

    office.__class__ = Watched
    take(kiosk)

    assert made.wait(20)
    assert office.forecast is not None
