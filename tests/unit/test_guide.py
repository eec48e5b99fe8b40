"""Which services the questions of polling day lead to."""

from pathlib import Path

from kiosk.domain.guide import GUIDED_ONLY, WAYS, guide
from kiosk.domain.service import DEFAULT_CATALOGUE
from tests.cast import Cast

SERVICES = {service.code: service for service in DEFAULT_CATALOGUE}


def test_every_answer_leads_to_services_of_the_default_catalogue() -> None:
    assert guide(SERVICES) == {answer: list(codes) for answer, codes in WAYS.items()}


def test_who_was_never_recorded_is_recorded_first_whatever_document_follows() -> None:
    card, biodata = (SERVICES[code] for code in guide(SERVICES)["no"])

    assert card.steps_to_come == ("card-printing",)
    assert biodata.steps_to_come == ("biodata",)


def test_who_was_recorded_needs_no_further_step() -> None:
    assert [SERVICES[code].steps_to_come for code in guide(SERVICES)["yes"]] == [(), ()]


def test_an_office_without_some_services_offers_the_others() -> None:
    assert guide({"biodata", "family"}) == {"yes": ["biodata"], "lost": ["biodata"]}
    assert guide({"passports"}) == {}


def test_a_service_that_only_the_questions_offer_is_one_of_theirs() -> None:
    assert {code for codes in WAYS.values() for code in codes} >= GUIDED_ONLY


def test_after_the_polls_have_closed_nobody_waits_for_them(tmp_path: Path) -> None:
    cast = Cast(tmp_path, settings={"closes": "16:00"})
    cast.open()
    cast.time.forward(hours=4, minutes=59)
    assert cast.take("biodata", voter=True, travel_minutes=15)["voter"]
    cast.time.forward(minutes=2)

    assert not cast.take("biodata", voter=True, travel_minutes=15)["voter"]
