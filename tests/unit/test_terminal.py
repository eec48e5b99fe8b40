"""The language of the terminal: the system's, for the set-up as for the commands."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk import terminal
from kiosk.cli import main
from setup import failure, words

PLACE = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id"}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "id_ID"}, "id"),
        ({"LANG": "id_ID", "LC_ALL": "", "LC_MESSAGES": "C"}, "en"),
    ],
)
def test_the_system_says_which_language(variables: dict[str, str], language: str) -> None:
    assert terminal.language(variables) == language


@pytest.mark.parametrize(
    ("named", "language"),
    [("Indonesian_Indonesia", "id"), ("English_United States", "en"), (None, "en")],
)
def test_windows_says_it_as_a_word(
    named: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (named, "cp1252"))
    assert terminal.language({}) == language


def test_a_command_answers_in_the_language_of_the_system(tmp_path: Path) -> None:
    said = {
        language: CliRunner().invoke(
            main, ["check", "--data", str(tmp_path)], env={"LC_ALL": language}
        )
        for language in ("id_ID.UTF-8", "C")
    }
    assert (
        said["id_ID.UTF-8"].output == f"Belum ada kantor di {tmp_path}. Jalankan 'init' dahulu.\n"
    )
    assert said["C"].output == f"There is no office in {tmp_path}. Run 'init' first.\n"


def test_every_failure_of_the_set_up_has_its_indonesian_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sentences = [text for name, text in vars(failure).items() if name.isupper() and name[0] != "_"]
    assert len(sentences) == 7
    for sentence in (*sentences, *words.INDONESIAN):
        assert set(PLACE.findall(words.INDONESIAN[sentence])) == set(PLACE.findall(sentence))
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    told = failure.explain(
        "Temporary failure in name resolution", what="the Python packages", lock="x", root=Path(),
        log=Path(),
    )  # fmt: skip
    assert told.startswith("Tidak ada sambungan internet untuk mengambil paket Python:")
