"""For machines that watch: /health and /metrics."""

from typing import Any

from flask import Response

from kiosk.web.routes import Call, Route
from kiosk.web.wire import json_response


def _health(call: Call) -> Response:
    """200, or 503 with the reason while the office cannot do its work."""
    site = call.site
    writer, clock = site.office.writer, site.office.clock.state()
    reason = writer.trouble or ("journal cut" if writer.journal_cut else None)
    body: dict[str, Any] = {
        "status": "trouble" if reason else "ok",
        "version": site.version,
        **site.board.health(),
        "clock": {"in_doubt": clock.in_doubt, "off_by": clock.off_by},
    }
    if reason:
        body["reason"] = reason
    response = json_response(body, 503 if reason else 200)
    if reason:
        response.headers["Retry-After"] = "2"
    return response


def _metrics(call: Call) -> Response:
    """Prometheus' text format, version 0.0.4."""
    site = call.site
    health = site.board.health()
    snapshot = site.snapshots.view("display")
    lines = [
        *_metric("journal_seq", "counter", "Last row of the journal", [("", health["seq"])]),
        *_metric(
            "storage_trouble", "gauge", "1 while the file cannot be written",
            [("", int(site.office.writer.trouble is not None))],
        ),
        *_metric(
            "clock_off_seconds", "gauge", "Computer's clock minus office time",
            [("", site.office.clock.state().off_by / 1000)],
        ),
        *_metric(
            "tickets_waiting", "gauge", "Waiting now",
            [(f'{{service="{s["code"]}"}}', s["waiting"]) for s in snapshot["services"]],
        ),
        *_metric(
            "counters_open", "gauge", "Open counters",
            [("", sum(c["state"] == "open" for c in snapshot["counters"]))],
        ),
        *_metric(
            "sockets", "gauge", "Connected sockets",
            [(f'{{namespace="{name}"}}', n) for name, n in site.sockets_open().items()],
        ),
        *_metric("deltas_total", "counter", "Deltas sent to rooms", [("", site.deltas_sent())]),
    ]  # fmt: skip
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _metric(name: str, kind: str, text: str, values: list[tuple[str, float]]) -> list[str]:
    head = [f"# HELP kiosk_{name} {text}", f"# TYPE kiosk_{name} {kind}"]
    return head + [f"kiosk_{name}{labels} {value}" for labels, value in values]


ROUTES = (
    Route("GET", "/health", "Whether the office can work", handler=_health),
    Route("GET", "/metrics", "For Prometheus", handler=_metrics, media="text/plain"),
)
