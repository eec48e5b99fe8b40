"""The tickets that the printing tests talk about."""

from dataclasses import replace

from kiosk.printing.layout import TicketFacts

URL = "https://antrean.kab-contoh.go.id/t/Zk3dF7QpX9aL2mVb"

TICKET = TicketFacts(
    office="Disdukcapil Kabupaten Tapin",
    area="Rantau",
    number="A-012",
    service_name="Biodata untuk pemilih",
    bring=("Kartu Keluarga (KK)",),
    people_ahead=12,
    wait_low=25 * 60,
    wait_high=48 * 60 + 5,
    issued_at=1_795_740_060_000,
    zone="Asia/Makassar",
    zone_label="WITA",
    counter_zone=None,
    phone_url=None,
    trace="8H2KQ0ZP",
)
"""Taken on 27 November 2026 at 08.41 in Rantau."""

LONG = replace(
    TICKET,
    office="Dinas Kependudukan dan Pencatatan Sipil",
    area="Kabupaten Hulu Sungai Selatan",
    number="D-1047",
    service_name="KTP-el hilang atau rusak",
    bring=("Surat kehilangan dari kepolisian atau KTP-el yang rusak", "Kartu Keluarga (KK)"),
    counter_zone="Lantai 2, sayap timur",
    phone_url=URL,
)

EN = replace(
    LONG,
    language="en",
    service_name_en="Lost or damaged card",
    bring_en=("Police loss report or the damaged card", "Family card (KK)"),
)
