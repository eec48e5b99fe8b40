"""The poster says the rule in the words of the documentation, in both languages."""

import re
from html import unescape
from pathlib import Path

import pytest

from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_pages import page

DOCS = Path(__file__).parents[2] / "docs"


def words(html: str) -> str:
    """The text of a page, as it is read."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


def said_on_the_poster(document: str) -> list[str]:
    """The sentences under "On the poster", without marks."""
    text = (DOCS / document).read_text().split("## On the poster", 1)[1].split("\n## ", 1)[0]
    quoted = " ".join(re.findall(r"^> (.*)$", text, re.MULTILINE)).replace("**", "")
    return [sentence.strip() for sentence in re.findall(r"[^.]+\.", quoted)]


@pytest.mark.parametrize("document", ["policy.md", "verify.md"])
def test_the_poster_has_the_wording_of_the_documentation(served: Served, document: str) -> None:
    shown = words(page(served.asker(), "/poster"))
    sentences = said_on_the_poster(document)
    assert len(sentences) >= 6
    assert [sentence for sentence in sentences if sentence not in shown] == []


def test_it_says_that_answers_are_checked_and_by_which_version_calls_are_made(
    served: Served,
) -> None:
    shown = words(page(served.asker(), "/poster?size=a3"))
    assert "Jawaban Anda diperiksa di loket." in shown
    assert "slack/2" in shown


def test_under_first_come_first_called_it_says_that(served: Served, boss: Asker) -> None:
    boss.post("/api/settings", {"key": "policy", "value": "fifo"})
    shown = words(page(served.asker(), "/poster"))
    assert "Yang datang lebih dahulu dipanggil lebih dahulu." in shown
    assert "jatuh tempo" not in shown


def test_a_size_that_there_is_not_is_the_usual_one(served: Served) -> None:
    assert "+poster/a4.css" in page(served.asker(), "/poster?size=../../x")
