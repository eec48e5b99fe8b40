"""The tables, as numbered migrations. A migration that has been released is never edited.

Journalled tables (see journal.JOURNALLED) hold exactly what the journal says: no defaults, every
column written by name, so that a replay of the journal gives the same rows.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("kiosk")


@migrations()
def m001_the_office(db: Database) -> None:
    """The queue itself: all of this is rebuilt from the journal by a replay."""
    for statement in (
        """CREATE TABLE journal (
            seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, day TEXT NOT NULL, event TEXT NOT NULL,
            actor TEXT NOT NULL, device TEXT NOT NULL, data TEXT NOT NULL, hash TEXT NOT NULL
        ) STRICT""",
        """CREATE INDEX journal_calls ON journal(seq)
            WHERE event IN ('ticket_called', 'ticket_recalled', 'undone')""",
        """CREATE TABLE segments (
            day TEXT PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL,
            previous_hash TEXT NOT NULL, head_hash TEXT NOT NULL, counts TEXT NOT NULL,
            purged_at INTEGER
        ) STRICT""",
        """CREATE TRIGGER journal_is_never_replaced BEFORE INSERT ON journal
            WHEN NEW.seq <= (SELECT max(seq) FROM journal)
            BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END""",
        """CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END""",
        """CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
            WHEN NOT EXISTS (SELECT 1 FROM segments
                WHERE OLD.seq BETWEEN first_seq AND last_seq AND purged_at IS NOT NULL)
            BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END""",
        """CREATE TABLE tickets (
            id INTEGER PRIMARY KEY, day TEXT NOT NULL, number TEXT NOT NULL, service TEXT NOT NULL,
            journey TEXT NOT NULL, state TEXT NOT NULL, arrival INTEGER NOT NULL,
            due INTEGER NOT NULL, front INTEGER NOT NULL, priority INTEGER NOT NULL,
            deadline INTEGER, target INTEGER NOT NULL, people_ahead INTEGER NOT NULL,
            wait_low INTEGER, wait_high INTEGER, language TEXT NOT NULL, issued_by TEXT NOT NULL,
            counter INTEGER, for_counter INTEGER, calls INTEGER NOT NULL, first_called_at INTEGER,
            called_at INTEGER, started_at INTEGER, worked INTEGER NOT NULL, owner TEXT,
            due_back INTEGER, cause TEXT, reason TEXT, since INTEGER NOT NULL,
            return_after INTEGER, outcome TEXT, blanks INTEGER NOT NULL, last_seq INTEGER NOT NULL,
            UNIQUE (day, number)
        ) STRICT""",
        """CREATE INDEX tickets_waiting ON tickets(service, due, deadline)
            WHERE state = 'waiting'""",
        "CREATE INDEX tickets_by_day ON tickets(day, state)",
        "CREATE INDEX tickets_by_kiosk ON tickets(issued_by, id)",
        """CREATE TABLE counters (
            number INTEGER PRIMARY KEY, state TEXT NOT NULL, services TEXT NOT NULL, zone TEXT,
            staff TEXT, ticket INTEGER UNIQUE, closes_at INTEGER, since INTEGER, last_seq INTEGER
        ) STRICT""",
        """CREATE TABLE services (
            code TEXT PRIMARY KEY, letter TEXT NOT NULL UNIQUE, name_id TEXT NOT NULL,
            name_en TEXT NOT NULL, bring_id TEXT NOT NULL, bring_en TEXT NOT NULL,
            target INTEGER NOT NULL, expected INTEGER NOT NULL, journey TEXT NOT NULL,
            quota INTEGER, position INTEGER NOT NULL, state TEXT NOT NULL, cause TEXT,
            expected_back INTEGER
        ) STRICT""",
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE days (
            day TEXT PRIMARY KEY, phase TEXT NOT NULL, held INTEGER NOT NULL,
            by_hand INTEGER NOT NULL, numbers_from INTEGER NOT NULL, opens INTEGER NOT NULL,
            closes INTEGER NOT NULL, ends INTEGER NOT NULL, poll_close INTEGER,
            risk_calls INTEGER NOT NULL, since INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE service_days (
            id TEXT PRIMARY KEY, day TEXT NOT NULL, service TEXT NOT NULL,
            issued INTEGER NOT NULL, calls INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE visits (
            id INTEGER PRIMARY KEY, day TEXT NOT NULL, ticket INTEGER NOT NULL,
            service TEXT NOT NULL, counter INTEGER NOT NULL, ended_at INTEGER NOT NULL,
            seconds INTEGER NOT NULL, outcome TEXT NOT NULL, voided INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX visits_by_service ON visits(day, service, id) WHERE voided = 0",
    ):
        db.conn.execute(statement)


@migrations()
def m002_people_and_devices(db: Database) -> None:
    """What the journal never holds: hashes of secrets, sessions, answers to repeated requests."""
    for statement in (
        """CREATE TABLE staff (
            label TEXT PRIMARY KEY, role TEXT NOT NULL, pin_hash TEXT NOT NULL,
            active INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE devices (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, token_hash TEXT UNIQUE,
            config TEXT NOT NULL, created_at INTEGER NOT NULL, revoked_at INTEGER,
            last_seen INTEGER, clock_off INTEGER, fault TEXT
        ) STRICT""",
        """CREATE TABLE pairings (
            code TEXT PRIMARY KEY, device INTEGER NOT NULL, until INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE sessions (
            token_hash TEXT PRIMARY KEY, csrf TEXT NOT NULL, label TEXT NOT NULL,
            device TEXT NOT NULL, counter INTEGER, until INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE tokens (
            token TEXT PRIMARY KEY, ticket INTEGER NOT NULL UNIQUE
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE answers (
            scope TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, answer TEXT NOT NULL,
            until INTEGER NOT NULL, PRIMARY KEY (scope, key)
        ) STRICT""",
        "CREATE INDEX answers_by_age ON answers(until)",
    ):
        db.conn.execute(statement)


@migrations()
def m003_paper_and_hall(db: Database) -> None:
    """Print jobs, printers, notices on the displays, calls for help from kiosks."""
    for statement in (
        """CREATE TABLE printers (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, address TEXT NOT NULL,
            width_mm INTEGER NOT NULL, profile TEXT NOT NULL, status TEXT NOT NULL,
            cutter INTEGER NOT NULL, active INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE print_jobs (
            id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL, device TEXT NOT NULL,
            printer INTEGER NOT NULL, kind TEXT NOT NULL, copy_no INTEGER NOT NULL,
            facts TEXT NOT NULL, layout_version INTEGER NOT NULL, state TEXT NOT NULL,
            attempts INTEGER NOT NULL, created_at INTEGER NOT NULL, not_after INTEGER NOT NULL,
            claimed_by TEXT, lease_until INTEGER, sha256 TEXT, sent_at INTEGER, ended_at INTEGER,
            error TEXT
        ) STRICT""",
        "CREATE INDEX print_jobs_open ON print_jobs(state, id) WHERE ended_at IS NULL",
        "CREATE INDEX print_jobs_by_ticket ON print_jobs(ticket)",
        """CREATE TABLE notices (
            id INTEGER PRIMARY KEY, code TEXT NOT NULL, at INTEGER NOT NULL, ended_at INTEGER
        ) STRICT""",
        """CREATE TABLE help_calls (
            id INTEGER PRIMARY KEY, device TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
            answered_by TEXT, answered_at INTEGER
        ) STRICT""",
        "CREATE TABLE probe (id INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT",
    ):
        db.conn.execute(statement)


@migrations()
def m004_paper_to_be_trusted(db: Database) -> None:
    """Who works a printer, how it is, its roll; a job's bytes, its second printer; alarms."""
    for statement in (
        "ALTER TABLE printers ADD COLUMN probe TEXT NOT NULL DEFAULT 'gsr'",
        "ALTER TABLE printers ADD COLUMN agent INTEGER",
        "ALTER TABLE printers ADD COLUMN roll_mm INTEGER NOT NULL DEFAULT 0",
        "UPDATE printers SET roll_mm = CASE width_mm WHEN 58 THEN 15000 ELSE 80000 END",
        """CREATE TABLE printer_states (
            printer INTEGER PRIMARY KEY, worker TEXT, lease_until INTEGER NOT NULL,
            state TEXT NOT NULL, since INTEGER NOT NULL, answer TEXT NOT NULL,
            seen_at INTEGER NOT NULL, used_mm INTEGER NOT NULL, roll_since INTEGER NOT NULL
        ) STRICT""",
        """INSERT INTO printer_states SELECT id, NULL, 0, 'unknown', 0, '', 0, 0, 0
            FROM printers""",
        "ALTER TABLE print_jobs ADD COLUMN fallback INTEGER",
        "ALTER TABLE print_jobs ADD COLUMN bytes BLOB",
        "ALTER TABLE print_jobs ADD COLUMN length_mm INTEGER",
        "ALTER TABLE print_jobs ADD COLUMN settled_at INTEGER",
        "ALTER TABLE print_jobs ADD COLUMN settled_by TEXT",
        "ALTER TABLE print_jobs ADD COLUMN missed_at INTEGER",
        "CREATE INDEX print_jobs_by_printer ON print_jobs(printer, id)",
        "DROP INDEX print_jobs_open",
        "CREATE INDEX print_jobs_open ON print_jobs(printer, state, id) WHERE ended_at IS NULL",
        """CREATE INDEX print_jobs_unsettled ON print_jobs(printer)
            WHERE settled_at IS NULL AND state IN ('unconfirmed', 'failed', 'expired')""",
        """UPDATE print_jobs SET settled_at = created_at, settled_by = 'migration'
            WHERE state IN ('unconfirmed', 'failed', 'expired')""",
        """CREATE TABLE alarms (
            id INTEGER PRIMARY KEY, code TEXT NOT NULL, printer INTEGER NOT NULL,
            details TEXT NOT NULL, raised_at INTEGER NOT NULL, acknowledged_at INTEGER,
            acknowledged_by TEXT, cleared_at INTEGER
        ) STRICT""",
        "CREATE UNIQUE INDEX alarms_open ON alarms(code, printer) WHERE cleared_at IS NULL",
    ):
        db.conn.execute(statement)


@migrations()
def m006_notices_that_end(db: Database) -> None:
    """A notice of the clock's own ends by itself: `until` is ms, or null for one sent by hand."""
    db.conn.execute("ALTER TABLE notices ADD COLUMN until INTEGER")


@migrations()
def m007_who_is_fetched(db: Database) -> None:
    """Who asked to be fetched: never journalled, forgotten when the ticket ends."""
    db.conn.execute("CREATE TABLE fetches (ticket INTEGER PRIMARY KEY) STRICT")


@migrations()
def m007_claims(db: Database) -> None:
    """Tickets whose claim a counter corrected; the journal's reclassifications say the same."""
    db.conn.execute("CREATE TABLE corrected_claims (ticket INTEGER PRIMARY KEY) STRICT")


@migrations()
def m008_first_run(db: Database) -> None:
    """Answers of the wizard until it ends, and rehearsals with what came of them."""
    for statement in (
        "CREATE TABLE set_up_answers (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE rehearsals (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, number TEXT NOT NULL,
            counter INTEGER NOT NULL, print_job INTEGER NOT NULL
        ) STRICT""",
        """CREATE TABLE rehearsals_heard (
            rehearsal INTEGER NOT NULL, device INTEGER NOT NULL, at INTEGER NOT NULL,
            fault TEXT, PRIMARY KEY (rehearsal, device)
        ) STRICT""",
    ):
        db.conn.execute(statement)


def migrate(db: Database) -> None:
    """Bring a file to the newest schema; each step is one transaction together with its record."""
    migrations.apply(db)
