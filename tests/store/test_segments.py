"""Old days are dropped whole; the chain and the counts stay."""

import json

from kiosk.commands import catalogue, day
from kiosk.store.connection import open_reader
from tests.cast import SUPERVISOR, Cast
from tests.replay import differences


def next_morning(cast: Cast) -> None:
    cast.time.forward(hours=24)
    cast.do(day.open_day, SUPERVISOR)


def test_after_the_complaint_period_only_counts_and_head_are_left_of_a_day(cast: Cast) -> None:
    cast.do(catalogue.set_setting, SUPERVISOR, key="purge_after_days", value="2")
    cast.open(1)
    cast.take()
    cast.take()
    cast.call(1)
    for _ in range(4):
        next_morning(cast)

    reader = open_reader(cast.path)
    rows = [dict(row) for row in reader.conn.execute("SELECT * FROM segments ORDER BY day")]
    first = reader.conn.execute("SELECT * FROM journal ORDER BY seq LIMIT 1").fetchone()
    tickets = reader.conn.execute("SELECT count(*) FROM tickets").fetchone()[0]
    tokens = reader.conn.execute("SELECT count(*) FROM tokens").fetchone()[0]
    reader.close()

    assert [row["day"] for row in rows if row["purged_at"]] == ["2026-11-27", "2026-11-28"]
    assert json.loads(rows[0]["counts"]) == {"biodata": {"expired": 2}}
    assert first["seq"] == rows[1]["last_seq"] + 1
    assert rows[1]["previous_hash"] == rows[0]["head_hash"]
    assert (tickets, tokens) == (0, 0)
    assert differences(cast.path) == []


def test_young_days_are_kept_whole(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    next_morning(cast)

    reader = open_reader(cast.path)
    kept = reader.conn.execute("SELECT count(*) FROM journal WHERE day = '2026-11-27'").fetchone()[
        0
    ]
    reader.close()

    assert kept > 3
    assert differences(cast.path) == []
