"""Comparing what the journal says with what the tables hold."""

from pathlib import Path

from kiosk.store import journal
from kiosk.store.connection import open_reader


def differences(path: Path) -> list[str]:
    """Every table row that a replay of the journal does not give, and the other way round."""
    db = open_reader(path)
    replayed = journal.replay(db)
    found = []
    for table, key in journal.JOURNALLED.items():
        rows = {str(row[key]): dict(row) for row in db.conn.execute(f"SELECT * FROM {table}")}
        for name in rows.keys() | replayed[table].keys():
            stored, told = rows.get(name), replayed[table].get(name)
            if stored is None or told is None:
                found.append(f"{table} {name}: stored {stored} told {told}")
                continue
            found += [
                f"{table} {name}.{column}: stored {value!r} told {told.get(column)!r}"
                for column, value in stored.items()
                if told.get(column) != value
            ]
    db.close()
    return found


def is_chain_whole(path: Path) -> bool:
    """Gapless seq, every hash right, every head of the heads file in the journal."""
    db = open_reader(path)
    previous, expected = journal.GENESIS, 1
    hashes = {}
    for row in db.conn.execute("SELECT * FROM journal ORDER BY seq"):
        digest = journal.row_hash(
            previous, row["seq"], row["at"], row["day"], row["event"], row["actor"],
            row["device"], row["data"],
        )  # fmt: skip
        if row["seq"] != expected or row["hash"] != digest:
            return False
        hashes[row["seq"]] = previous = digest
        expected += 1
    db.close()
    heads = path.with_name(path.name + ".heads").read_text().splitlines()
    return all(hashes.get(int(line.split()[0])) == line.split()[1] for line in heads)
