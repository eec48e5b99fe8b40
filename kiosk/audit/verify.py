"""Proves an office's file: every entry whole, every call the rule's, every table as journalled.

    python3 verify.py office.db [--heads FILE] [--trace NUMBER CODE] [--json]

This one file needs Python 3.11 and nothing else and shares no code with the program it checks: the
rules are written down here a second time. It only reads, also beside a running server. Exit status
0 when nothing was found. What is proven, and how to read the answer: docs/verify.md.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Row = dict[str, Any]
MINUTE = 60_000
GENESIS = "0" * 64
HEAD_LINE = re.compile(rb"(\d{1,18}) ([0-9a-f]{64})$")
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
CELLS_NAMED = 100

KEYS = {"tickets": "id", "counters": "number", "services": "code", "settings": "key",
        "days": "day", "service_days": "id", "visits": "id"}  # fmt: skip
#: The columns that decide who is called when: every change of them is derived again.
GUARDED = {
    "tickets": "id day number service journey state arrival due front priority deadline target"
    " counter for_counter calls first_called_at worked return_after owner due_back",
    "counters": "number state services ticket closes_at",
    "services": "code letter target expected journey state",
    "settings": "key value",
    "days": "day phase risk_calls poll_close",
    "service_days": "id day service issued calls",
    "visits": "id day ticket service counter ended_at seconds voided",
}
COLUMNS = {table: columns.split() for table, columns in GUARDED.items()}
HAND = ("called", "serving")
OPEN_STATES = (*HAND, "waiting", "parked", "suspended", "no_show")
#: A ticket that waits again.
BACK = {"state": "waiting", "counter": None, "for_counter": None, "calls": 0,
        "first_called_at": None, "return_after": None, "owner": None,
        "due_back": None}  # fmt: skip
#: What counters do with the ticket in hand, and the states it may come from.
DEEDS: dict[str, tuple[str | None, ...]] = {
    "ticket_called": ("waiting", "parked", "no_show"), "ticket_recalled": ("called",),
    "ticket_started": ("called",), "ticket_absent": ("called",), "ticket_parked": ("serving",),
    "ticket_transferred": HAND, "ticket_next_step": HAND, "ticket_finished": ("serving",),
}  # fmt: skip
TICKET_EVENTS = DEEDS | {
    "ticket_issued": (None,), "ticket_returned": ("no_show",), "ticket_cancelled": OPEN_STATES,
    "ticket_reclassified": ("waiting", "called", "suspended"), "ticket_restored": ("cancelled",),
    "ticket_reopened": ("expired",),
}  # fmt: skip
#: What becomes of a service.
SERVICE_STATES = {"service_suspended": "suspended", "service_restored": "open",
                  "service_gives_biodata": "biodata_instead",
                  "service_closed": "closed"}  # fmt: skip
PHASES = {"numbers_started": "numbers", "day_opened": "open", "numbers_stopped": "serving_out",
          "day_closed": "closed"}  # fmt: skip
OTHER_EVENTS = (
    "day_started undone setting_changed office_initialised service_changed counter_changed"
    " counter_removed counter_opened counter_closed counter_closing_planned segments_purged"
    # These change nothing of what decides who is called.
    " counter_handed_over day_held clock_confirmed ticket_reprinted printer_changed notice_sent"
    " notice_ended help_called help_answered staff_added staff_pin_changed staff_disabled"
    " device_added device_pairing_renewed device_paired device_revoked device_configured"
    " rehearsal_called slip_given slip_reprinted"
    " alarm_raised alarm_acknowledged alarm_cleared roll_changed print_job_settled"
)
EVENTS = {*OTHER_EVENTS.split(), *TICKET_EVENTS, *PHASES, *SERVICE_STATES}
#: The kinds of findings, in the order of the proof.
KINDS = ("file", "gap", "chain", "order", "form", "segment", "heads_missing", "heads", "tail",
         "event", "transition", "number", "due", "change", "call", "paper", "table")  # fmt: skip
KIND_OF_COLUMN = {"due": "due", "number": "number", "issued": "number", "state": "transition"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing, in words; `seq` is the journal's entry, `table` and `key` a stored row."""

    kind: str
    seq: int | None
    sentence: str
    table: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`findings` is empty if and only if all is proven. `notes` are worth knowing, no faults;
    `story` tells what happened to a traced paper."""

    checked: dict[str, int]
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.ok} | asdict(self)

    def lines(self) -> list[str]:
        """The report for people, one sentence a line."""
        done = ", ".join(f"{count} {name}" for name, count in self.checked.items())
        verdict = f"{len(self.findings)} finding(s):" if self.findings else "Everything fits."
        notes = [f"Note: {note.sentence}" for note in self.notes]
        findings = [f"- {finding.sentence}" for finding in self.findings]
        return [*self.story, *notes, f"Checked {done}. {verdict}", *findings]


def verify(database: Path, heads: Path | None = None) -> Report:
    """Prove an office's file. `heads` is its heads file, else `<database>.heads`."""
    return _examine(database, heads, None)


def trace(database: Path, number: str, code: str, heads: Path | None = None) -> Report:
    """Prove the file, and say whether a paper with this number and trace code belongs to it."""
    plain = re.sub(r"[\s-]", "", code).upper().translate(str.maketrans("OIL", "011"))
    return _examine(database, heads, (number.strip().upper(), plain))


def _examine(database: Path, heads: Path | None, paper: tuple[str, str] | None) -> Report:
    audit = _Audit(paper)
    noted = None
    with suppress(OSError):
        # Read before the journal: then no line can be newer than the journal seen here.
        noted = (heads or database.with_name(database.name + ".heads")).read_bytes()
    address = database.resolve().as_uri() + "?mode=ro"
    alone = not database.with_name(database.name + "-wal").exists()
    if alone and not os.access(database.resolve().parent, os.W_OK):
        address += "&immutable=1"  # a copy on a read-only medium: no server can be at work there
    try:
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as db:
            db.row_factory = sqlite3.Row
            db.text_factory = lambda raw: raw.decode(errors="surrogateescape")
            db.execute("BEGIN")
            audit.read_journal(db)
            audit.compare_heads(noted)
            audit.compare_tables(db)
    except (sqlite3.Error, *UNREADABLE) as error:
        audit.add("file", None, f"{database.name} cannot be read to its end: {error}.")
    return audit.report()


def trace_code(row_hash: str) -> str:
    """The eight letters on a paper: the first five bytes of its entry's hash, as Crockford's
    base 32."""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    plain = base64.b32encode(bytes.fromhex(row_hash)[:5]).decode()
    return plain.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", letters))


def _no_float(text: str) -> int:
    raise ValueError(f"{text} is not an integer")


def _set_aside_for_link(ticket: Row, code: str) -> bool:
    return (ticket["state"], ticket["service"], ticket.get("cause")) == ("parked", code, "link")


def _codes(text: str) -> list[str]:
    return [code for code in text.split(",") if code]


# --- who is next: the rule of docs/policy.md, written down a second time ---


class Person(NamedTuple):
    """Who waits. Times in ms; `latest` is a voter's latest start; `held`: no candidate yet.

    `counter`: meant for this one alone; `turn`: held until so many calls of the service today.
    """

    id: int
    service: str
    arrival: int
    due: int
    priority: bool
    latest: int | None
    front: bool
    held: bool = False
    counter: int | None = None
    turn: int = 0


class Desk(NamedTuple):
    """An open counter."""

    number: int
    services: frozenset[str]
    closes_at: int | None


class Decision(NamedTuple):
    ticket: int
    rule: str
    due: int
    candidates: int


def due_time(ticket: Row, remaining: int) -> int:
    """The due time to store; `remaining` is the configured time of all steps in seconds."""
    dues = [ticket["arrival"] + 15 * MINUTE] if ticket["priority"] else []
    if ticket.get("deadline") is not None:
        dues += [ticket["arrival"] + 30 * MINUTE, ticket["deadline"] - remaining * 1000]
    return int(min(dues, default=ticket["arrival"] + ticket["target"] * 1000))


def due_now(person: Person, now: int) -> int:
    """The due time that counts now: a voter who is too late waits with the ordinary people."""
    if person.front or person.latest is None or now <= person.latest:
        return person.due
    return person.arrival + (15 if person.priority else 60) * MINUTE


def expected_time(configured: int, finished: list[int]) -> int:
    """(10 x configured + the last 60) / (10 + their number) x 1.15, in whole seconds."""
    last = finished[-60:]
    return (23 * (10 * configured + sum(last)) + 10 * (10 + len(last))) // (20 * (10 + len(last)))


def endangered(
    now: int, people: Iterable[Person], desks: Iterable[Desk], expected: Mapping[str, int],
    minutes: int, spread: int,
) -> set[int]:  # fmt: skip
    """All voters of each group of services in which one would begin after the latest start."""
    voters = sorted((p.latest, p.service, p.id) for p in people
                    if p.latest is not None and p.latest >= now and not p.held)  # fmt: skip
    found: set[int] = set()
    for group in {frozenset([v[1]]) for v in voters} | {d.services for d in desks}:
        staying = sum(1 for d in desks if d.services & group
                      and (d.closes_at is None or d.closes_at - now > 60 * MINUTE))  # fmt: skip
        line, share, work = [v for v in voters if v[1] in group], max(1, staying), 0
        for latest, service, _ in line:
            work += expected[service] * 1000
            if spread * work > share * (latest - now - minutes * MINUTE):
                found.update(v[2] for v in line)
                break
    return found


def decide(
    policy: str, now: int, people: Iterable[Person], desks: list[Desk],
    expected: Mapping[str, int], risk_calls: int, number: int,
) -> Decision | None:  # fmt: skip
    """Whom the free counter `number` has to call, and by which rule; None if nobody waits."""
    served = [p for d in desks if d.number == number for p in people if p.service in d.services]
    line = [p for p in served if not p.held] or served
    if not line:
        return None

    def earliest(some: list[Person]) -> Person:
        return min(some, key=lambda p: (due_now(p, now), p.arrival, p.id))

    def threatened(minutes: int, spread: int) -> list[Person]:
        ids = endangered(now, people, desks, expected, minutes, spread)
        return [p for p in line if p.id in ids]

    if policy == "fifo":
        rule, chosen = "arrival", min(line, key=lambda p: (p.arrival, p.id))
    elif late := threatened(15, 3):
        rule, chosen = "risk", min(late, key=lambda p: (p.latest or 0, p.arrival, p.id))
        overdue = [p for p in line if p.priority and due_now(p, now) < now]
        if risk_calls % 4 == 3 and overdue and not threatened(10, 2):
            rule, chosen = "priority", earliest(overdue)
    else:
        rule, chosen = "due", earliest(line)
    return Decision(chosen.id, rule, due_now(chosen, now), len(line))


# --- one reading of the journal ---


class Entry(NamedTuple):
    """One row of the journal; `changes` is its {table: {key: {column: value}}}."""

    seq: int
    at: int
    day: str
    event: str
    actor: str
    facts: Row
    changes: dict[str, dict[str, Row]]


class _Audit:
    """Replays the journal and derives, from what came before, what each entry has to say.

    For the entry at hand `want` holds the values that follow from the rules and `free` the cells
    that people decide, (table, key, column), "*" for any; every other guarded cell must stay.
    """

    def __init__(self, paper: tuple[str, str] | None) -> None:
        self.paper, self.watched = paper, ""
        self.story: list[str] = []
        self.passed: Counter[str] = Counter()
        self.found: dict[str, list[Finding]] = defaultdict(list)
        self.counted: Counter[str] = Counter()
        self.notes: list[Finding] = []
        self.tables: dict[str, dict[str, Row]] = {table: {} for table in KEYS}
        self.setters: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self.open: dict[str, Row] = {}
        self.line: dict[str, Person] = {}
        self.lengths: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self.issued: Counter[tuple[str, str]] = Counter()
        self.calls: Counter[tuple[str, str]] = Counter()
        self.risk_calls: Counter[str] = Counter()
        self.deeds: dict[int, tuple[int, dict[tuple[str, str], Row]]] = {}
        self.hashes: dict[int, str] = {}
        self.purges: list[tuple[str, int]] = []
        self.announced: set[tuple[str, int]] = set()
        self.first = self.last = self.rows = self.derived = 0
        self.day = ""
        self.returning = False
        self.want: dict[tuple[str, str], Row] = defaultdict(dict)
        self.free: set[tuple[str, str, str]] = set()

    def add(
        self, kind: str, seq: int | None, sentence: str, table: str | None = None,
        key: str | None = None,
    ) -> None:  # fmt: skip
        """Keep the first of a kind and count the others; of table cells keep a hundred."""
        self.counted[kind] += 1
        if self.counted[kind] <= (CELLS_NAMED if kind == "table" else 1):
            self.found[kind].append(Finding(kind, seq, sentence, table, key))

    def report(self) -> Report:
        if self.paper and not self.watched:
            text = f"No entry of this journal gave out the paper {' '.join(self.paper)}."
            self.add("paper", None, text)
        findings = [finding for kind in KINDS for finding in self.found[kind]]
        for place, finding in enumerate(findings):
            more = self.counted[finding.kind] - len(self.found[finding.kind])
            if more and finding is self.found[finding.kind][-1]:
                text = f"{finding.sentence} There are {more} more like this."
                findings[place] = replace(finding, sentence=text)
        counts = {"rows": self.rows, "calls": self.derived, "tickets": self.issued.total()}
        return Report(counts, findings, self.notes, self.story)

    def clock(self, at: int, form: str = "%Y-%m-%d %H:%M:%S") -> str:
        zone: tzinfo = UTC
        with suppress(ZoneInfoNotFoundError, *UNREADABLE):
            zone = ZoneInfo(self.tables["settings"]["zone"]["value"])
        with suppress(OverflowError, OSError, *UNREADABLE):
            return datetime.fromtimestamp(at // 1000, zone).strftime(form)
        return str(at)

    def read_journal(self, db: sqlite3.Connection) -> None:
        """Part 1, the chain, and with each entry part 3, the derivation."""
        seal, at, begin = self._read_segments(db), 0, 0
        for row in db.execute("SELECT seq, at, day, event, actor, device, data, hash FROM journal"
                              " ORDER BY seq"):  # fmt: skip
            *parts, digest = row
            seq, moment, day, event, actor = parts[:5]
            entry = Entry(seq, moment, day, event, actor, {}, {})
            if seq != self.last + 1:
                text = f"Entry {self.last + 1} is missing: after {self.last} comes {seq}."
                self.add("gap", self.last + 1, text)
            form = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
            written = (seal + form).encode(errors="surrogateescape")
            if hashlib.sha256(written).hexdigest() != digest:
                self._say(entry, "chain", "was changed after it was written, or the one before it:"
                          " its seal does not fit")  # fmt: skip
            if entry.at < at:
                self._say(entry, "order", "is dated before the one that it follows")
            self.first, self.last, at, seal = self.first or seq, seq, entry.at, digest
            self.hashes[seq], begin = digest, begin or at
            self.rows += 1
            self._read_entry(entry, parts[6])
        for day, seq, head in db.execute("SELECT day, last_seq, head_hash FROM segments"):
            if self.hashes.get(seq, head) != head:
                text = f"The closing seal of {day} is not that of entry {seq}."
                self.add("segment", seq, text)
        for day, purged_at in self.purges:
            if purged_at >= begin and (day, purged_at) not in self.announced:
                self.add("segment", None, f"The day {day} was dropped, and no entry says so.")

    def _read_segments(self, db: sqlite3.Connection) -> str:
        """Dropped days keep their seals; each begins where the one before ended."""
        end, seal = (0, GENESIS), GENESIS
        for row in db.execute("SELECT * FROM segments ORDER BY last_seq"):
            if (row["first_seq"], row["previous_hash"]) != (end[0] + 1, end[1]):
                text = f"The day {row['day']} does not begin where the one before ended."
                self.add("segment", row["first_seq"], text)
            end = row["last_seq"], row["head_hash"]
            if row["purged_at"] is not None:
                self.last, seal = end
                self.hashes[self.last] = seal
                self.purges.append((row["day"], row["purged_at"]))
        if self.last:
            text = f"Entries 1 to {self.last} were dropped after the keeping time."
            self.notes.append(Finding("purged", self.last, text))
        return seal

    def _read_entry(self, entry: Entry, data: str) -> None:
        try:
            facts = json.loads(data, parse_float=_no_float, parse_constant=_no_float)
            form = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            if form != data:
                self._say(entry, "form", "is not written in the journal's one form")
            entry = entry._replace(facts=facts, changes=facts.get("set", {}))
            before = {
                (table, key): dict(self.tables[table].get(key, {}))
                for table, rows in entry.changes.items() for key in rows
            }  # fmt: skip
        except UNREADABLE as error:
            self._say(entry, "form", f"cannot be read ({type(error).__name__} {error})")
            return
        self.want, self.free = defaultdict(dict), set()
        try:
            self._expect(entry)
        except UNREADABLE as error:
            self._say(entry, "event", f"cannot be understood ({type(error).__name__} {error})")
        try:
            self._apply(entry, before)
            self._check(entry, before)
            if self.paper:
                self._tell(entry)
        except UNREADABLE as error:
            self._say(entry, "form", f"cannot be read ({type(error).__name__} {error})")

    def _say(self, entry: Entry, kind: str, text: str) -> None:
        name = f"Entry {entry.seq} ({self.clock(entry.at)}, {entry.event})"
        self.add(kind, entry.seq, f"{name} {text}.")

    def _apply(self, e: Entry, before: dict[tuple[str, str], Row]) -> None:
        for (table, key), old in before.items():
            fields: Row = e.changes[table][key]
            rows = self.tables[table]
            if e.event == "counter_removed" and table == "counters":
                del rows[key]
                del self.setters[table, key]
                continue
            rows.setdefault(key, {}).update(fields)
            self.setters[table, key].update(dict.fromkeys(fields, e.seq))
            if table == "tickets":
                for index in (self.open, self.line):
                    index.pop(key, None)
                if rows[key].get("state") in OPEN_STATES:
                    self.open[key] = rows[key]
                if rows[key].get("state") == "waiting":
                    self.line[key] = self._person(rows[key])
            elif table == "visits":
                lengths = self.lengths[rows[key]["day"], rows[key]["service"]]
                lengths[key] = rows[key]["seconds"]
                if rows[key]["voided"]:
                    del lengths[key]
            if e.event in DEEDS:
                was = {column: old.get(column) for column in fields}
                self.deeds.setdefault(e.seq, (e.at, {}))[1][table, key] = was
        if "services" in e.changes:
            self.line = {key: self._person(self.open[key]) for key in self.line}

    def _check(self, e: Entry, before: dict[tuple[str, str], Row]) -> None:
        """Each guarded cell is as derived, or as it was, unless people decide it."""
        for table, key in sorted(before.keys() | self.want.keys()):
            after = self.tables[table].get(key, {})
            right = before.get((table, key), after) | self.want.get((table, key), {})
            for column in COLUMNS[table]:
                if after.get(column) != right.get(column) and self.free.isdisjoint(
                    (table, k, c) for k in (key, "*") for c in (column, "*")
                ):
                    name = after.get("number", key)
                    self._say(e, KIND_OF_COLUMN.get(column, "change"),
                              f"leaves {column} of {table} {name} at {after.get(column)!r}; what"
                              f" came before gives {right.get(column)!r}")  # fmt: skip
        counters = self.tables["counters"]
        for key in e.changes.get("tickets", {}):
            ticket = self.tables["tickets"][key]
            holders = [n for n, c in counters.items() if str(c.get("ticket")) == key]
            if holders != ([str(ticket.get("counter"))] if ticket.get("state") in HAND else []):
                self._say(e, "transition", f"leaves {ticket.get('number')} {ticket.get('state')},"
                          f" in the hand of counters {holders}")  # fmt: skip
        for key in e.changes.get("counters", {}).keys() & counters.keys():
            held = counters[key].get("ticket")
            state = self.tables["tickets"].get(str(held), {}).get("state")
            if held is not None and (counters[key]["state"] != "open" or state not in HAND):
                self._say(e, "transition", f"leaves {self._number(held)} {state} in the hand of"
                          f" counter {key}, which is {counters[key]['state']}")  # fmt: skip

    # --- what an entry has to say ---

    def _expect(self, e: Entry) -> None:
        facts, want, free, counters = e.facts, self.want, self.free, self.tables["counters"]
        number = str(facts.get("counter"))
        if e.event not in EVENTS:
            self._say(e, "event", "is of a kind that this check does not know: it is foreign, or"
                      " the office's program is newer than this check")  # fmt: skip
        if e.event == "day_started" and e.day > self.day:
            self.day = e.day
        elif e.day != self.day:
            self._say(e, "event", f"carries the day {e.day} in the day {self.day or 'before any'}")
        if e.event in TICKET_EVENTS:
            self._expect_ticket(e)
        elif e.event in PHASES:
            want["days", e.day]["phase"] = PHASES[e.event]
        match e.event:
            case "day_started":
                recent = {n: d for n, d in self.deeds.items() if e.at - d[0] <= 10 * MINUTE}
                self.deeds = recent
                new = [key for key in e.changes["settings"] if key not in self.tables["settings"]]
                free.update(("settings", key, "*") for key in new)
                if e.seq == self.first:
                    free.update({("services", "*", "*"), ("counters", "*", "*")})
                want["days", e.day] = {"day": e.day, "phase": "before", "risk_calls": 0}
                free.add(("days", e.day, "poll_close"))
            case "day_closed":
                left = {"state": "expired", "counter": None, "for_counter": None}
                want.update({("tickets", key): left for key in self.open})
                empty = {"ticket": None, "closes_at": None}
                want.update({("counters", key): empty for key in counters})
            case "setting_changed":
                want["settings", facts["key"]] = {"key": facts["key"], "value": facts["after"]}
                free.add(("days", e.day, "poll_close"))
            case "office_initialised":
                free.update({("services", "*", "*"), ("counters", "*", "*")})
            case "service_changed":
                free.add(("services", facts["service"], "*"))
            case event if event in SERVICE_STATES:
                self._move_service(e, SERVICE_STATES[event])
            case "counter_changed":
                free.add(("counters", number, "services" if number in counters else "*"))
                self._release(e, number)
            case "counter_removed":
                if (counters[number]["state"], counters[number].get("ticket")) != ("closed", None):
                    self._say(e, "transition", f"takes away counter {number}, which was in use")
                free.add(("counters", number, "*"))
                self._release(e, number)
            case "counter_opened":
                want["counters", number] = {"state": "open"}
                free.update({("counters", number, "services"), ("counters", number, "closes_at")})
                self._release(e, number)
            case "counter_closed":
                want["counters", number] = {"state": "closed", "closes_at": None}
                for key, ticket in self.open.items():
                    if str(ticket.get("for_counter")) == number:
                        want["tickets", key] = {"for_counter": None}
                    elif ticket["state"] == "parked" and ticket["owner"] == f"counter:{number}":
                        want["tickets", key] = {"owner": "service"}
            case "counter_closing_planned":
                want["counters", number] = {"closes_at": facts["closes_at"]}
            case "undone":
                self._expect_undone(e, number)
            case "segments_purged":
                self.announced.update((day, e.at) for day in facts["days"])

    def _release(self, e: Entry, number: str) -> None:
        """Tickets meant for a counter that does not serve theirs any more are everybody's."""
        changed = e.changes["counters"][number] or {"services": ""}
        counter = self.tables["counters"].get(number, {}) | changed
        for key, ticket in self.open.items():
            served = ticket["service"] in _codes(counter["services"])
            if str(ticket.get("for_counter")) == number and not served:
                self.want["tickets", key] = {"for_counter": None}

    def _move_service(self, e: Entry, state: str) -> None:
        """Only a suspended service holds its tickets back. When it goes on, who was set aside
        because the link was down is due back."""
        code = e.facts["service"]
        goes_on = "returned" in e.facts and state != "suspended"
        goes_on &= self.tables["services"][code]["state"] == "suspended"
        self.want["services", code] = {"state": state}
        old, new = "suspended", "waiting"
        if state == "suspended":
            old, new = new, old
        for key, ticket in self.open.items():
            if ticket["state"] == old and ticket["service"] == code:
                self.want["tickets", key] = {"state": new}
            elif goes_on and _set_aside_for_link(ticket, code):
                self.want["tickets", key] = {"due_back": e.at}

    def _expect_undone(self, e: Entry, number: str) -> None:
        """Tickets and counters are as before the deed; its visit does not count any more."""
        undone, seconds = e.facts["undone"], self.tables["settings"]["undo_seconds"]["value"]
        at, was = self.deeds.get(undone, (0, {}))
        last = [self.tables[t][k].get("last_seq") for t, k in was if t in ("tickets", "counters")]
        if e.at - at > int(seconds) * 1000 or set(last) != {undone}:
            self._say(e, "transition", f"undoes entry {undone}, which was not to undo any more")
        for (table, key), fields in was.items():
            if table in ("tickets", "counters"):
                self.want[table, key] = fields
            elif table == "visits":
                self.want[table, key] = {"voided": 1}
        if taken := was.get(("settings", "blanks")):
            used = sum(self.tables[t][k]["blanks"] - old["blanks"]
                       for (t, k), old in was.items() if t == "tickets")  # fmt: skip
            self._expect_stock(-min(used, int(taken["value"])))

    def _expect_ticket(self, e: Entry) -> None:
        (key,) = e.changes["tickets"]
        facts, new, services = e.facts, e.changes["tickets"][key], self.tables["services"]
        t, want = self.tables["tickets"].get(key, {}), self.want["tickets", key]
        free = self.free
        hand, state = ("counters", str(facts.get("counter"))), t.get("state")
        if state not in TICKET_EVENTS[e.event]:
            self._say(e, "transition", f"concerns {self._number(key)}, which was {state}")
        if facts["number"] != new.get("number", t.get("number")):
            self._say(e, "number", f"names {facts['number']} but concerns {self._number(key)}")
        if e.event in DEEDS and e.event != "ticket_called":
            if str(self.tables["counters"][hand[1]].get("ticket")) != key:
                text = f"concerns {t['number']}, which counter {hand[1]} did not hold"
                self._say(e, "transition", text)
            if e.event not in ("ticket_recalled", "ticket_started"):
                self.want[hand] = {"ticket": None}
        if e.event in ("ticket_reclassified", "ticket_cancelled") and state in HAND:
            self.want["counters", str(t["counter"])] = {"ticket": None}
        match e.event:
            case "ticket_issued":
                self._expect_issued(e, new, want)
            case "ticket_called":
                self._expect_called(e, t, want)
            case "ticket_recalled":
                want["calls"] = t["calls"] + 1
            case "ticket_started":
                want["state"] = "serving"
            case "ticket_absent":
                want["state"] = "no_show"
                settings = self.tables["settings"]
                seconds = int(settings["no_show_after_seconds"]["value"])
                calls = int(settings["no_show_calls"]["value"])
                if t["calls"] < calls or e.at - t["first_called_at"] < seconds * 1000:
                    self._say(e, "transition", f"gives {t['number']} up too soon")
            case "ticket_returned":
                others = {"after_5": 5, "after_3": 3, "last": 1_000_000}
                turn = others[self.tables["settings"]["return_rule"]["value"]]
                want |= BACK | {"return_after": self.calls[e.day, t["service"]] + turn}
            case "ticket_parked":
                want |= {"state": "parked", "counter": None, "worked": self._worked(e, t)}
                free.add(("tickets", key, "due_back"))
                want["owner"] = "service"
                if new["owner"] == f"counter:{facts['counter']}":
                    want["owner"] = new["owner"]
            case "ticket_finished":
                want |= {"state": "completed", "journey": ""}
                self._expect_visit(e, t)
                self._expect_stock(new.get("blanks", 0) - t.get("blanks", 0))
            case "ticket_next_step":
                step, _, later = t["journey"].partition(",")
                want |= {"service": step, "journey": later, "worked": 0}
                self._expect_visit(e, t)
                self._expect_stock(new.get("blanks", 0) - t.get("blanks", 0))
                suspended = services[step]["state"] == "suspended"
                if step in _codes(self.tables["counters"][hand[1]]["services"]) and not suspended:
                    want |= {"first_called_at": e.at}
                    del self.want[hand]
                else:
                    want |= BACK | {"due": self._due_again(t | want)}
                    want |= {"state": "suspended"} if suspended else {}
            case "ticket_transferred":
                want |= BACK | {"worked": 0}
                if isinstance(facts["to"], int):
                    want["for_counter"] = facts["to"]
                else:
                    want |= {"service": facts["to"], "journey": services[facts["to"]]["journey"]}
                front_due = min(t["due"], e.at)
                want["due"] = front_due if facts["front"] else self._due_again(t | want)
                want["front"] = int(facts["front"] or t["front"])
            case "ticket_reclassified":
                code = facts["after"]["service"]
                want |= BACK | {"service": code, "front": 0, "worked": 0}
                afresh = {column: services[code][column] for column in ("journey", "target")}
                if code != t["service"] or all(new.get(c) == afresh[c] for c in afresh):
                    want |= afresh
                self._expect_class(e, key, t, new)
            case "ticket_cancelled":
                want |= {"state": "cancelled", "counter": None}
            case "ticket_restored" | "ticket_reopened":
                want |= BACK

    def _expect_stock(self, used: int) -> None:
        """Card blanks that are counted become fewer by those used; negative: they come back."""
        stock = self.tables["settings"].get("blanks", {}).get("value", "")
        if stock and used:
            self.want["settings", "blanks"] = {"value": str(max(0, int(stock) - used))}

    def _remaining(self, t: Row) -> int:
        """The configured seconds of all steps that a ticket still has."""
        services, codes = self.tables["services"], (t["service"], *_codes(t["journey"]))
        return sum(services[code]["expected"] for code in codes if code in services)

    def _due_again(self, t: Row) -> int:
        return int(t["due"]) if t["front"] else due_time(t, self._remaining(t))

    def _worked(self, e: Entry, t: Row) -> int:
        return int(t["worked"] + e.at - t["first_called_at"])

    def _expect_visit(self, e: Entry, t: Row) -> None:
        self.want["visits", str(e.seq)] = {
            "id": e.seq, "day": e.day, "ticket": t["id"], "service": t["service"],
            "counter": e.facts["counter"], "ended_at": e.at,
            "seconds": self._worked(e, t) // 1000, "voided": 0,
        }  # fmt: skip

    def _expect_class(self, e: Entry, key: str, t: Row, new: Row) -> None:
        """Priority and deadline are as people say; the due time follows."""
        self.free.update({("tickets", key, "priority"), ("tickets", key, "deadline")})
        after = t | self.want["tickets", key]
        after |= {column: new.get(column) for column in ("priority", "deadline")}
        self.want["tickets", key]["due"] = due_time(after, self._remaining(after))
        close, deadline = self.tables["days"][e.day].get("poll_close"), after["deadline"]
        if deadline is not None and deadline != t.get("deadline"):
            way = -1 if close is None else close - 5 * MINUTE - deadline
            if way % MINUTE or not 0 <= way <= 240 * MINUTE:
                self._say(e, "due", "gives a deadline that no way to a polling station explains")

    def _expect_issued(self, e: Entry, new: Row, want: Row) -> None:
        code, phase = e.facts["service"], self.tables["days"][e.day]["phase"]
        service, issued = self.tables["services"][code], self.issued[e.day, code] + 1
        self.issued[e.day, code] = issued
        want |= dict.fromkeys(COLUMNS["tickets"])
        want |= {"id": e.seq, "day": e.day, "state": "waiting", "arrival": e.at, "service": code}
        want |= {"number": f"{service['letter']}-{issued:03d}", "journey": service["journey"]}
        want |= {"target": service["target"], "front": 0, "calls": 0, "worked": 0}
        self._expect_class(e, str(e.seq), {}, new)
        self._count(e, code)
        if service["state"] != "open" or (
            phase not in ("numbers", "open")
            and not (phase == "serving_out" and "override_reason" in e.facts)
        ):
            text = f"gives a number while the day is {phase} and the service {service['state']}"
            self._say(e, "transition", text)

    def _count(self, e: Entry, code: str) -> None:
        counts = {"issued": self.issued[e.day, code], "calls": self.calls[e.day, code]}
        key = f"{e.day}/{code}"
        self.want["service_days", key] = {"id": key, "day": e.day, "service": code} | counts

    def _expect_called(self, e: Entry, t: Row, want: Row) -> None:
        """The counter is open and free, and the ticket is the one that the rule gives."""
        rule, number = e.facts["rule"], e.facts["counter"]
        counter, phase = self.tables["counters"][str(number)], self.tables["days"][e.day]["phase"]
        if counter["state"] != "open" or counter.get("ticket") is not None:
            held = counter.get("ticket") and self._number(counter["ticket"])
            self._say(e, "transition", f"calls {t['number']} to counter {number}, which was"
                      f" {counter['state']} and held {held or 'nobody'}")  # fmt: skip
        if phase not in ("open", "serving_out"):
            self._say(e, "transition", f"calls {t['number']} while the day is {phase}")
        policy = self.tables["settings"]["policy"]["value"]
        told = e.facts.get("policy")
        returning = told != f"{policy}/1" or self.returning
        right = self._decide(e, policy, number, returning)
        if rule == "resumed" and told is None:
            if t["state"] != "parked" or t["owner"] not in ("service", f"counter:{number}"):
                self._say(e, "transition", f"resumes {t['number']}, which was {t['state']}")
        elif rule == "by_hand":
            text = f"Entry {e.seq}: {t['number']} was called out of order to counter {number} at"
            text += f" {self.clock(e.at)} by {e.actor}, reason: {e.facts['reason']}. The rule would"
            text += f" have called {self._number(right.ticket) if right else 'nobody'}."
            self.notes.append(Finding("by_hand", e.seq, text))
        else:
            self.derived += 1
            self.returning = returning
            version = f"{policy}/{2 if returning else 1}"
            choice = Decision(t["id"], rule, e.facts["due"], e.facts["candidates"])
            came = "parked" if rule == "resumed" else "waiting"
            if choice != right or told != version or t["state"] != came:
                self._say(e, "call", f"calls {self._words(choice)} by {told}; by {version} it had"
                          f" to be {self._words(right)}")  # fmt: skip
            if rule in ("risk", "priority"):
                self.risk_calls[e.day] += 1
                self.want["days", e.day] = {"risk_calls": self.risk_calls[e.day]}
        self.calls[e.day, t["service"]] += 1
        self._count(e, t["service"])
        self.want["counters", str(number)] = {"ticket": t["id"]}
        want |= BACK | {"state": "called", "counter": number, "calls": 1, "first_called_at": e.at}

    def _person(self, t: Row) -> Person:
        latest = t.get("deadline")
        if latest is not None:
            latest -= self._remaining(t) * 1000
        return Person(
            t["id"], t["service"], t["arrival"], t["due"], bool(t["priority"]), latest,
            bool(t["front"]), counter=t.get("for_counter"), turn=t.get("return_after") or 0,
        )  # fmt: skip

    def _decide(self, e: Entry, policy: str, number: int, returning: bool) -> Decision | None:
        """Derive the call from the state before it. `returning`: by version 2 of the rule, by
        which those who were set aside and are due back come before all of the line."""
        if returning and (back := self._due_back(e, number)):
            return Decision(back[0][2], "resumed", back[0][0], len(back))
        calls = {code: self.calls[e.day, code] for code in self.tables["services"]}
        people = [p._replace(held=p.turn > calls[p.service]) if p.turn else p
                  for p in self.line.values() if p.counter in (None, number)]  # fmt: skip
        desks = [Desk(c["number"], frozenset(_codes(c["services"])), c.get("closes_at"))
                 for c in self.tables["counters"].values() if c["state"] == "open"]  # fmt: skip
        expected = {code: expected_time(s["expected"], [*self.lengths[e.day, code].values()])
                    for code, s in self.tables["services"].items()}  # fmt: skip
        return decide(policy, e.at, people, desks, expected, self.risk_calls[e.day], number)

    def _due_back(self, e: Entry, number: int) -> list[tuple[int, int, int]]:
        """Due back, arrival and id of the parked tickets that a counter has to call back now."""
        served = _codes(self.tables["counters"][str(number)]["services"])
        services = self.tables["services"]
        return sorted(
            (t["due_back"], t["arrival"], t["id"])
            for t in self.open.values()
            if t["state"] == "parked" and t["day"] == e.day
            and t.get("due_back") is not None and t["due_back"] <= e.at
            and services[t["service"]]["state"] != "suspended"
            and (t["owner"] == f"counter:{number}"
                 or (t["owner"] == "service" and t["service"] in served))
        )  # fmt: skip

    def _number(self, ticket: int | str) -> str:
        return str(self.tables["tickets"].get(str(ticket), {}).get("number", ticket))

    def _words(self, decision: Decision | None) -> str:
        if decision is None:
            return "nobody"
        ticket, rule, due, candidates = decision
        return f"{self._number(ticket)} ({rule}, due {self.clock(due)}, one of {candidates})"

    # --- what happened to one paper ---

    def _tell(self, e: Entry) -> None:
        """One sentence for each entry that touches the traced ticket."""
        touched = e.changes.get("tickets", {})
        if e.event == "ticket_issued" and (
            (e.facts["number"], trace_code(self.hashes[e.seq])) == self.paper
        ):
            self.watched = str(e.seq)
            ticket = self.tables["tickets"][self.watched]
            self.story += [
                f"This paper belongs to the journal: entry {e.seq} of {e.day}.",
                f"{self.clock(e.at)} {e.facts['number']} taken at {ticket['issued_by']} for"
                f" {e.facts['service']}; due {self.clock(ticket['due'])}.",
            ]
        elif e.event == "slip_given" and ("SLIP", trace_code(self.hashes[e.seq])) == self.paper:
            self.watched = "slip"
            self.story += [
                f"This slip belongs to the journal: entry {e.seq} of {e.day}.",
                f"{self.clock(e.at)} somebody came to {e.actor} for {e.facts['service']}.",
            ]
        elif self.watched in touched:
            where = f" at counter {e.facts['counter']}" if "counter" in e.facts else ""
            why = "".join(f", {name} {e.facts[name]}" for name in ("reason", "cause", "outcome")
                          if e.facts.get(name))  # fmt: skip
            words = e.event.removeprefix("ticket_").replace("_", " ")
            state = self.tables["tickets"][self.watched]["state"].replace("_", " ")
            then = "" if words.endswith(state) else f"; then {state}"
            self.story.append(f"{self.clock(e.at)} {words}{where} by {e.actor}{why}{then}.")
            if e.event == "ticket_called":
                self.story.append(self._why(e.facts))
        elif self.watched.isdigit() and e.event == "ticket_called":
            waits = self.tables["tickets"][self.watched]["state"] == "waiting"
            self.passed[e.facts["rule"]] += waits and int(*touched) > int(self.watched)

    def _why(self, facts: Row) -> str:
        why = {
            "due": "Of those whom this counter could call, it was the earliest due.",
            "arrival": "Of those whom this counter could call, it came first.",
            "risk": "Voters would have been too late, and of them it had to begin first.",
            "priority": "Every fourth call made for voters is for the longest-waiting priority"
            " visitor.",
            "resumed": "It had been set aside; such tickets come first.",
            "by_hand": "It was called out of order, by hand.",
        }[facts["rule"]]
        passed = [f"{count} by the rule {rule}" for rule, count in self.passed.items() if count]
        late = f" Of those who came later, called before it: {', '.join(passed)}." if passed else ""
        return why + late

    # --- the rest of the proof ---

    def compare_heads(self, noted: bytes | None) -> None:
        """Part 2: what was noted after each commit is what the journal says.

        A line that a power cut tore is followed by a whole one without a break: what counts is
        how the line ends. The last piece, without its line end, is still being written.
        """
        if noted is None and not self.rows:
            return
        if noted is None:
            text = ("There is no heads file: nothing shows whether the journal's end was cut off or"
                    " written again.")  # fmt: skip
            self.add("heads_missing", None, text)
            return
        agreed = 0
        for number, line in enumerate(noted.split(b"\n")[:-1], 1):
            match = HEAD_LINE.search(line)
            digits, seal = (match[1], match[2].decode()) if match else (b"", "")
            seqs = [int(digits[start:]) for start in range(len(digits))]
            agreeing = [seq for seq in seqs if self.hashes.get(seq) == seal]
            if agreeing:
                agreed = max(agreed, *agreeing)
            elif not seqs:
                self.add("heads", None, f"Line {number} of the heads file cannot be read.")
            elif seqs[0] > self.last:
                text = f"Entry {self.last + 1} is missing: entry {seqs[0]} had been noted."
                self.add("tail", self.last + 1, text)
            elif seqs[0] >= self.first or seqs[0] in self.hashes:
                self.add("heads", seqs[0], f"Entry {seqs[0]} is not the one that was noted when it"
                         f" was written. The last that agrees is {agreed}; what came after it was"
                         " written again.")  # fmt: skip

    def compare_tables(self, db: sqlite3.Connection) -> None:
        """Part 4: the stored tables are the replayed ones, row by row and column by column."""
        for table, column in KEYS.items():
            told, stored = self.tables[table], set()
            for row in db.execute(f"SELECT * FROM {table} ORDER BY {column}"):  # noqa: S608
                key = str(row[column])
                stored.add(key)
                if key not in told:
                    text = f"The table {table} has a row {key} that no entry made."
                    self.add("table", None, text, table, key)
                    continue
                for name in row.keys():  # noqa: SIM118
                    if row[name] != told[key].get(name):
                        seq = self.setters[table, key].get(name)
                        self.add("table", seq, f"The table {table}, row {key}, has {name}"
                                 f" {row[name]!r}; the journal says {told[key].get(name)!r}"
                                 f" (entry {seq}).", table, key)  # fmt: skip
            for key in told.keys() - stored:
                seq = max(self.setters[table, key].values(), default=None)
                text = f"The table {table} lacks the row {key} (entry {seq})."
                self.add("table", seq, text, table, key)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Prove an office's file.")
    parser.add_argument("database", type=Path, help="the office's file, office.db")
    parser.add_argument("--heads", type=Path, help="its heads file (default: <database>.heads)")
    parser.add_argument("--trace", nargs=2, metavar=("NUMBER", "CODE"), help="of one paper")
    parser.add_argument("--json", action="store_true", help="answer for machines")
    chosen = parser.parse_args(arguments)
    if chosen.trace:
        report = trace(chosen.database, chosen.trace[0], chosen.trace[1], chosen.heads)
    else:
        report = verify(chosen.database, chosen.heads)
    encoding = sys.stdout.encoding or "utf-8"
    for line in [json.dumps(report.as_json())] if chosen.json else report.lines():
        print(line.encode(encoding, "backslashreplace").decode(encoding))
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
