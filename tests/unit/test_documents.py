"""The documents: every link leads somewhere, every picture is small, every option exists."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import COMMANDS, main
from kiosk.messages import catalogue

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]+))?\)")
NAMED_KEYS = {"enter": "Enter", " ": "Spasi"}
MOST_BYTES = 150_000


def anchors(document: Path) -> set[str]:
    """The headings of a document as they are named in links."""
    titles = re.findall(r"(?m)^#+ (.+)$", document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target, anchor in LINK.findall(document.read_text(encoding="utf-8")):
        found = (document.parent / target).resolve() if target else document
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found), f"{target}#{anchor}"


def test_pictures_are_few_and_small() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert 10 <= len(pictures) <= 40
    assert all(picture.stat().st_size < MOST_BYTES for picture in pictures)


def test_every_picture_is_shown_somewhere() -> None:
    text = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    pictures = {picture.name for picture in (ROOT / "docs" / "pictures").glob("*.png")}
    assert {name for name in pictures if f"pictures/{name}" not in text} == set()


@pytest.mark.parametrize("name", ["panduan-petugas.md", "panduan-penyelia.md"])
def test_the_guides_name_buttons_and_places_as_the_screens_do(name: str) -> None:
    known = set(catalogue("id").values())
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for named in re.findall(r"(?<!\*)\*{1,2}([^*\n]+)\*{1,2}", text):
        assert named in known, named


def test_the_officers_guide_names_the_keys_of_the_counter() -> None:
    script = (ROOT / "static" / "counter" / "actions.js").read_text(encoding="utf-8")
    one = r"key: '([^']+)',(?:(?!key: ').)*?label: \(\) => t\('((?:[^'\\]|\\.)*)'"
    words = catalogue("id")
    keys = {
        (words[text], NAMED_KEYS.get(key, key.upper()))
        for key, text in re.findall(one, script, re.S)
    }
    guide = (ROOT / "docs" / "panduan-petugas.md").read_text(encoding="utf-8")
    told = set(re.findall(r"\*\*([^*\n]+)\*\* \(`([^`]+)`\)", guide))
    assert len(told) > 15
    assert told - keys == set()


def test_the_architecture_names_every_part_of_the_program() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    parts = {path.name for path in (ROOT / "kiosk").iterdir() if path.suffix in ("", ".py")}
    parts -= {"__init__.py", "__pycache__"}
    assert {part for part in parts if f"kiosk/{part}" not in text} == set()
    for path in re.findall(r"\b(?:kiosk|setup|tests|static|bench)/[\w/]+(?:\.py|\.css|/)", text):
        assert (ROOT / path).exists(), path


def test_operations_names_buttons_and_places_as_the_screens_do() -> None:
    """What stands in italics there is a label of a screen, in the office's language."""
    known = set(catalogue("id").values())
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text)
    assert "Coba satu nomor" in named
    assert [label for label in named if not {label, f"{label}."} & known] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_a_document_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for command in re.findall(r"python3 run\.py ([a-z]+)", text):
        assert command in {*COMMANDS, "test", "bundle"}, command


@pytest.mark.parametrize("name", ["start/linux/install.sh", "start/linux/screen.sh"])
def test_options_of_the_scripts_are_those_in_the_document(name: str) -> None:
    script = (ROOT / name).read_text(encoding="utf-8")
    script += (ROOT / "start/linux/screen.sh").read_text(encoding="utf-8")
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for line in re.findall(rf"{name}([^|`\n]*)", text):
        for option in re.findall(r"--[a-z]+", line):
            assert f"{option})" in script, option


def test_the_port_of_the_documents_is_the_servers() -> None:
    assert "8017" in CliRunner().invoke(main, ["serve", "--help"]).output
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert set(re.findall(r":(\d{4})\b", text)) == {"8017"}
