"""`verify`, `backup`, `restore`, `export`, `check`: keeping the record safe and provable."""

import csv
import io
import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from kiosk.commandline.shared import common, database_of, fail, show
from kiosk.errors import DrillFile, RealFile
from kiosk.lock import AlreadyServed, ServerLock
from kiosk.messages import tell
from kiosk.store import days, printers
from kiosk.store import services as service_store
from kiosk.store import settings as setting_store
from kiosk.store import staff as staff_store
from kiosk.store.connection import open_reader
from kiosk.store.files import DATABASE, put_aside, write_whole

FILE, HEADS = DATABASE, f"{DATABASE}.heads"
_FREE_DISK = 200 * 1024 * 1024  # bytes: many days of tickets


@click.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--trace", nargs=2, metavar="NUMBER CODE", help="Is this paper of this office?")
@common
def verify(file: Path | None, trace: tuple[str, str] | None, data: Path, as_json: bool) -> None:
    """Prove the record: every row, every call, every table. FILE: another file or a backup."""
    from kiosk.audit import verify as audit

    with tempfile.TemporaryDirectory() as folder:
        database = file or database_of(data, as_json)
        if zipfile.is_zipfile(database):
            database = _unpacked(database, Path(folder), as_json)
        report = audit.trace(database, *trace) if trace else audit.verify(database)
        show(report.as_json(), report.lines(), as_json)
    sys.exit(0 if report.ok else 1)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@common
def backup(file: Path | None, data: Path, as_json: bool) -> None:
    """Copy the office into one FILE, or into a new backup-<time>.zip where FILE is a folder.

    Default: in the data folder. A backup that was there before is replaced by a whole new one only.
    """
    database = database_of(data, as_json)
    target = file or data
    if target.is_dir():
        target /= f"backup-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    with tempfile.TemporaryDirectory(dir=data) as folder:
        # The heads first: then no line in them can be newer than the copy of the journal.
        heads = database.with_name(HEADS).read_bytes()
        copy = Path(folder) / FILE
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as to:
            source.backup(to)
            seq = to.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0]
        packed = Path(folder) / "packed"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(copy, FILE)
            archive.writestr(HEADS, heads)
        write_whole(packed, target)
    size = target.stat().st_size
    show(
        {"file": str(target), "seq": seq, "bytes": size},
        [tell("{file}: up to entry {seq}, {size} KB", file=target, seq=seq, size=size // 1024 + 1)],
        as_json,
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@common
def restore(file: Path, data: Path, as_json: bool) -> None:
    """Go back to a backup. Refused while the server runs; what is there now is put aside."""
    from kiosk.audit import verify as audit

    data.mkdir(parents=True, exist_ok=True, mode=0o750)
    lock = ServerLock(data)
    try:
        lock.take()
    except AlreadyServed as served:
        sentence = tell("Stop the server first (port {port}).", port=served.port)
        fail(sentence, as_json, code="running")
    with tempfile.TemporaryDirectory(dir=data) as folder:
        unpacked = _unpacked(file, Path(folder), as_json)
        report = audit.verify(unpacked)
        if not report.ok:
            finding = report.findings[0].sentence
            fail(
                tell("The backup is not whole: {finding}", finding=finding), as_json, code="damaged"
            )
        _require_same_kind(unpacked, data / FILE, as_json)
        aside = put_aside(data, "before")
        for name in (HEADS, FILE):
            write_whole(Path(folder) / name, data / name)
    lock.release()
    lines = [tell("Restored.")]
    lines += [tell("What was here before: {aside}", aside=aside)] if aside else []
    show({"restored": str(file), "aside": str(aside) if aside else None}, lines, as_json)


def _require_same_kind(backup: Path, present: Path, as_json: bool) -> None:
    """A drill never takes a real office's place, nor the other way round."""
    from kiosk.simulator.drill import is_drill

    is_one, was_one = is_drill(backup), is_drill(present)
    if is_one and was_one is False:
        fail(tell(DrillFile.message), as_json, code=DrillFile.code)
    if is_one is False and was_one:
        fail(tell(RealFile.message), as_json, code=RealFile.code)


def _unpacked(archive: Path, folder: Path, as_json: bool) -> Path:
    try:
        with zipfile.ZipFile(archive) as packed:
            for name in (FILE, HEADS):
                packed.extract(name, folder)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        sentence = tell("{file} is not a backup of an office: {error}", file=archive, error=error)
        fail(sentence, as_json, code="no_backup")
    return folder / FILE


_EXPORTED = (
    "number", "service", "state", "arrival", "first_called_at", "called_at", "started_at",
    "since", "counter", "calls", "outcome", "people_ahead",
)  # fmt: skip
DRILL_MARK = "LATIHAN"
_TIMES = ("arrival", "first_called_at", "called_at", "started_at", "since")


@click.command()
@click.option("--day", help="Office day, YYYY-MM-DD (default: the newest).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: print.")
@common
def export(day: str | None, output: Path | None, data: Path, as_json: bool) -> None:
    """One day's tickets as CSV, or as JSON with --json. No codes, no tokens, no priority.

    A drill's lines begin with a column LATIHAN, and its JSON says "drill": true.
    """
    reader = open_reader(database_of(data, as_json))
    with closing(reader):
        newest = days.load_last(reader)
        chosen = _day(day, as_json) if day else (newest.day if newest else "")
        values = setting_store.load(reader)
        zone = ZoneInfo(values["zone"])
        rows = reader.conn.execute(
            "SELECT * FROM tickets WHERE day = ? ORDER BY id", (chosen,)
        ).fetchall()
    tickets = [_exported(row, zone) for row in rows]
    is_drill = values["drill"] == "on"
    whole = {"day": chosen, "drill": is_drill, "tickets": tickets}
    text = json.dumps(whole) + "\n" if as_json else _csv(tickets, is_drill=is_drill)
    if output:
        output.write_text(text, encoding="utf-8")
        click.echo(f"{output}: {len(tickets)} tickets of {chosen}", err=True)
    else:
        click.echo(text, nl=False)


def _day(typed: str, as_json: bool) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        fail("--day: YYYY-MM-DD.", as_json, code="invalid")


def _exported(row: Any, zone: ZoneInfo) -> dict[str, Any]:
    ticket = {name: row[name] for name in _EXPORTED}
    for name in _TIMES:
        if ticket[name] is not None:
            ticket[name] = datetime.fromtimestamp(ticket[name] // 1000, zone).isoformat()
    return ticket


def _csv(tickets: list[dict[str, Any]], *, is_drill: bool) -> str:
    """Each line of a drill begins with the word: wherever a line is copied to, it says so."""
    text = io.StringIO()
    mark = (DRILL_MARK,) if is_drill else ()
    writer = csv.DictWriter(text, (*mark, *_EXPORTED), lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict.fromkeys(mark, DRILL_MARK) | ticket for ticket in tickets)
    return text.getvalue()


@click.command()
@common
def check(data: Path, as_json: bool) -> None:
    """Is everything ready for the day? One sentence for each thing; status 1 if one is missing."""
    database = database_of(data, as_json)
    with closing(open_reader(database)) as reader:
        findings = [*_about_place(data), *_about_office(reader, database)]
    ready = all(finding["ok"] or not finding["needed"] for finding in findings)
    lines = [f"{_mark(finding)} {finding['sentence']}" for finding in findings]
    show({"ready": ready, "findings": findings}, lines, as_json)
    sys.exit(0 if ready else 1)


def _mark(finding: dict[str, Any]) -> str:
    if finding["ok"]:
        return "ok "
    return "!! " if finding["needed"] else " ? "


def _finding(name: str, ok: bool, good: str, bad: str, *, needed: bool = True) -> dict[str, Any]:
    """`needed`: the day cannot begin without it."""
    return {"name": name, "ok": ok, "needed": needed, "sentence": good if ok else bad}


def _about_place(data: Path) -> list[dict[str, Any]]:
    free = shutil.disk_usage(data).free
    plausible = datetime.now(UTC).year >= 2024
    return [
        _finding("disk", free > _FREE_DISK, tell("{free} MB of disk are free.", free=free >> 20),
                 tell("Only {free} MB of disk are free.", free=free >> 20)),
        _finding("clock", plausible,
                 tell("The clock says {time} UTC.", time=f"{datetime.now(UTC):%Y-%m-%d %H:%M}"),
                 tell("The clock of this computer is wrong.")),
    ]  # fmt: skip


def _about_office(reader: Any, database: Path) -> list[dict[str, Any]]:
    from kiosk.audit import verify as audit

    values = setting_store.load(reader)
    services = service_store.load(reader).values()
    offered = [service for service in services if service.state == "open"]
    served = {
        code
        for row in reader.conn.execute("SELECT services FROM counters")
        for code in row["services"].split(",")
    }
    unserved = [service.name_id for service in offered if service.code not in served]
    report = audit.verify(database)
    damage = report.findings[0].sentence if report.findings else ""
    try:
        local = datetime.now(ZoneInfo(values["zone"])).strftime("%H:%M")
    except (ZoneInfoNotFoundError, ValueError):
        local = ""
    return [
        _finding("zone", bool(local),
                 tell("It is {time} in {zone}.", time=local, zone=values["zone"]),
                 tell("The zone {zone} is not known.", zone=values["zone"])),
        _finding("services", bool(offered),
                 tell("{count} services are offered.", count=len(offered)),
                 tell("No service is offered.")),
        _finding("counters", not unserved, tell("Every service has a counter."),
                 tell("No counter serves: {names}.", names=", ".join(unserved))),
        _finding("supervisor", staff_store.count_supervisors(reader) > 0,
                 tell("There is a supervisor."), tell("There is no supervisor yet.")),
        _finding("printer", printers.is_real_one_connected(reader), tell("A printer is set up."),
                 tell("No printer is set up: tickets are pictures only."), needed=False),
        _finding("public_url", bool(values["public_url"]),
                 tell("Phones reach the office at {page}.", page=values["public_url"]),
                 tell("public_url is not set: no QR code is printed."), needed=False),
        _finding("record", report.ok, tell("The record is whole."),
                 tell("The record is damaged: {finding}", finding=damage)),
    ]  # fmt: skip
