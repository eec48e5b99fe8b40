"""The pages: who sees which, in which language, and where one is sent instead."""

import gzip
import json
import re

import pytest

from kiosk.access import csrf_of
from kiosk.config import ROOT
from kiosk.messages import LANGUAGES, catalogue, translate
from kiosk.web.assets import modules_of, texts_of
from tests.web.conftest import CSRF, Served
from tests.web.talk import Asker
from tests.web.test_tickets import take

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
#: The first script of every page that has any.
ENTRIES = sorted(
    found[1]
    for template in (ROOT / "templates").rglob("*.html")
    if (found := re.search(r"{% set script = '([^']+)' %}", template.read_text(encoding="utf-8")))
)
#: Those whose pages are written by the server alone.
SILENT = ("/static/home/home.js", "/static/poster/poster.js")


def page(asker: Asker, path: str, **headers: str) -> str:
    answer = asker.get(path, Accept=HTML, **headers)
    assert answer.status == 200, (answer.status, answer.content)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return answer.content.decode()


def sent_to(asker: Asker, path: str, **headers: str) -> str:
    answer = asker.get(path, Accept=HTML, **headers)
    assert answer.status == 303
    return answer.headers["Location"]


@pytest.mark.parametrize("path", ["/", "/pair", "/setup"])
def test_a_stranger_sees_the_doors(served: Served, path: str) -> None:
    assert "<!doctype html>" in page(served.asker(), path)


def test_a_new_office_says_how_to_begin(served: Served) -> None:
    assert 'href="/setup"' in page(served.asker(), "/")
    served.session("supervisor")
    assert 'href="/setup"' not in page(served.asker(), "/")
    assert sent_to(served.asker(), "/setup") == "/signin"


def test_before_there_is_a_supervisor_signing_in_leads_to_the_set_up(served: Served) -> None:
    assert sent_to(served.asker(), "/signin") == "/setup"


@pytest.mark.parametrize("kind", ["kiosk", "display"])
def test_a_screen_that_is_not_paired_is_sent_to_the_pairing(served: Served, kind: str) -> None:
    assert sent_to(served.asker(), f"/{kind}") == f"/pair?kind={kind}"


@pytest.mark.parametrize("path", ["/counter", "/supervisor", "/preview"])
def test_who_is_not_signed_in_is_sent_to_the_door(served: Served, path: str) -> None:
    assert sent_to(served.asker(), path) == f"/signin?next={path}"


def test_counter_staff_are_not_shown_the_supervisors_page(served: Served) -> None:
    desk = served.session("counter", counter=1)
    assert sent_to(desk, "/supervisor") == "/signin?next=/supervisor"
    assert "<!doctype html>" in page(desk, "/counter")


def test_signing_in_elsewhere_needs_a_counters_computer(served: Served, boss: Asker) -> None:
    assert sent_to(served.asker(), "/signin", X_Forwarded_For="10.0.0.7") == "/pair?kind=counter"
    token = served.device("counter", counter=2)
    counter = served.asker(Cookie=f"device={token}", X_Forwarded_For="10.0.0.7")
    assert 'value="2"' in page(counter, "/signin")


def test_a_page_holds_the_csrf_value_of_its_own_identity(served: Served, boss: Asker) -> None:
    token = served.device("kiosk")
    browser = served.asker(Cookie=f"{boss.headers['Cookie']}; device_kiosk={token}")
    assert f'name="csrf" content="{csrf_of(token)}"' in page(browser, "/kiosk")
    assert f'name="csrf" content="{CSRF}"' in page(browser, "/display")
    assert f'name="csrf" content="{CSRF}"' in page(browser, "/supervisor")


def test_a_display_knows_its_size(served: Served) -> None:
    token = served.device("display", screen_height_mm=685, viewing_distance_m=8)
    shown = page(served.asker(Cookie=f"device={token}"), "/display")
    assert 'data-height-mm="685"' in shown
    assert 'data-distance-m="8"' in shown


def test_a_phones_page_speaks_the_tickets_language(served: Served, kiosk: Asker) -> None:
    ticket = take(kiosk, language="en").json["ticket"]
    assert '<html lang="en"' in page(served.asker(), f"/t/{ticket['token']}")
    assert '<html lang="id"' in page(served.asker(), f"/t/{ticket['token']}?lang=id")
    answer = served.asker().get("/t/unknown", Accept=HTML)
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_person_gets_a_page_and_a_program_gets_json(served: Served) -> None:
    person = served.asker().get("/nothing", Accept=HTML)
    program = served.asker().get("/nothing")
    assert person.status == program.status == 404
    assert person.headers["Content-Type"].startswith("text/html")
    assert program.headers["Content-Type"] == "application/problem+json"


def test_pages_follow_the_browsers_language(served: Served) -> None:
    assert '<html lang="id"' in page(served.asker(), "/")
    assert '<html lang="en"' in page(served.asker(), "/", Accept_Language="en")
    assert '<html lang="id"' in page(served.asker(), "/?lang=id", Accept_Language="en")


def test_no_page_has_script_or_style_of_its_own(served: Served, boss: Asker, kiosk: Asker) -> None:
    """The policy forbids it, and a page that tried would be broken."""
    ticket = take(kiosk).json["ticket"]
    paths = ["/", "/pair", "/signin", "/kiosk", "/display", "/counter", "/supervisor", "/preview"]
    for path in [*paths, f"/t/{ticket['token']}"]:
        shown = page(boss, path)
        assert "<style" not in shown
        assert " style=" not in shown
        assert " onclick=" not in shown
        for script in shown.split("<script")[1:]:
            head = script.split(">")[0]
            assert ' src="' in head or ' type="application/json"' in head, path  # data, not run


def test_scripts_are_packed_for_who_takes_them(served: Served) -> None:
    browser = served.asker()
    plain = browser.get("/static/js/live.js")
    packed = browser.get("/static/js/live.js", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    again = browser.get("/static/js/live.js", If_None_Match=plain.headers["ETag"])
    assert (again.status, again.content) == (304, b"")


def test_a_page_is_packed_for_who_takes_it(kiosk: Asker) -> None:
    plain = kiosk.get("/poster", Accept=HTML)
    packed = kiosk.get("/poster", Accept=HTML, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_a_pages_styles_are_one_packed_file(served: Served, kiosk: Asker) -> None:
    browser = served.asker()
    (address,) = re.findall(r'rel="stylesheet" href="([^"]+)"', page(kiosk, "/kiosk"))
    plain = browser.get(address)
    packed = browser.get(address, Accept_Encoding="gzip")
    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"
    assert gzip.decompress(packed.content) == plain.content
    assert browser.get(address, If_None_Match=plain.headers["ETag"]).status == 304
    text = plain.content.decode()
    pieces = [f"/static/kiosk/{name}.css" for name in ("kiosk", "menu", "pages")]
    places = [
        text.index((ROOT / piece[1:]).read_text(encoding="utf-8"))
        for piece in ("/static/css/tokens.css", "/static/css/base.css", *pieces)
    ]
    assert places == sorted(places)
    fonts = re.findall(r"url\(([^)]+)\)", text)
    assert fonts
    for font in fonts:
        assert browser.get(font).status == 200
    for none in (
        "nothing",
        "kiosk/nothing",
        "../run",
        "kiosk/kiosk+../../run",
        "+".join(pieces * 9),
    ):
        assert browser.get(f"/sheets/{none}.css").status == 404


def test_kiosk_and_phone_paint_without_waiting_for_scripts(served: Served, kiosk: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    phone = page(served.asker(), f"/t/{ticket['token']}")
    for shown in (phone, page(kiosk, "/kiosk")):
        assert shown.count('rel="stylesheet"') == 1
        for element in re.findall(r"<(?:script type=.module|link rel=.modulepreload)[^>]*>", shown):
            assert 'fetchpriority="low"' in element
    assert f'<h1 class="number">{ticket["number"]}</h1>' in phone
    assert translate("You are next", "id") in phone


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_page_brings_every_text_that_its_scripts_say(entry: str) -> None:
    said: set[str] = set()
    for address in (entry, *modules_of(entry)):
        source = (ROOT / address[1:]).read_text(encoding="utf-8")
        for single, double in re.findall(r"""\bt\(\s*(?:'((?:[^'\\]|\\.)+)'|"([^"]+)")""", source):
            said.add(double or single.replace("\\'", "'"))
    brought = texts_of(entry)
    assert said or entry in SILENT
    assert said - set(brought["id"]) == set()
    assert brought["id"].items() <= catalogue("id").items()
    assert set(brought) == set(LANGUAGES)


def test_a_page_carries_its_texts_in_itself(served: Served, kiosk: Asker) -> None:
    shown = page(kiosk, "/kiosk")
    carried = re.search(r'<script type="application/json" id="texts">(.*)</script>', shown)
    assert carried
    assert json.loads(carried[1]) == texts_of("/static/kiosk/kiosk.js")


@pytest.mark.parametrize("screen", ["kiosk", "display", "phone", "counter", "supervisor"])
def test_a_page_is_told_every_script_it_needs(screen: str) -> None:
    needed = modules_of(f"/static/{screen}/{screen}.js")
    assert {"/static/js/live.js", "/static/js/patch.js"} <= set(needed)
    assert [address for address in needed if not (ROOT / address[1:]).is_file()] == []
    assert modules_of("/static/nothing.js") == ()
