"""Every setting of an office: its kind, default and bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

from kiosk.domain import volumes
from kiosk.domain.office_day import Schedule, parse_time


@dataclass(frozen=True, slots=True)
class Setting:
    """kind: text, int, bool, time, date, zone, volumes or choice. `low`..`high` bound ints.

    `fixed`: said when the office is set up and never changed.
    """

    key: str
    kind: str
    default: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 1_000_000
    optional: bool = False
    fixed: bool = False


def _all(*settings: Setting) -> dict[str, Setting]:
    return {setting.key: setting for setting in settings}


SETTINGS: dict[str, Setting] = _all(
    Setting("name", "text", "Disdukcapil"),
    Setting("area", "text", ""),
    Setting("zone", "zone", "Asia/Makassar"),
    Setting("opens", "time", "08:00"),
    Setting("closes", "time", "12:00"),
    Setting("numbers_before_minutes", "int", "30", high=720),
    Setting("day_starts_at", "time", "", optional=True),
    Setting("poll_close", "time", "", optional=True),
    Setting("polling_day", "date", "", optional=True),
    Setting("public_url", "text", "", optional=True),
    Setting("lan", "bool", "off"),
    Setting("policy", "choice", "slack", ("slack", "fifo")),
    Setting("pacing", "bool", "off"),
    Setting("pacing_per_minute", "int", "12", low=1, high=600),
    Setting("honest_stop", "bool", "off"),
    Setting("recall_after_seconds", "int", "10", high=600),
    Setting("no_show_calls", "int", "3", low=1, high=10),
    Setting("no_show_after_seconds", "int", "90", high=3600),
    Setting("return_rule", "choice", "after_5", ("after_5", "after_3", "last")),
    Setting("return_grace_minutes", "int", "120", high=1440),
    Setting("undo_seconds", "int", "60", high=600),
    Setting("print_within_seconds", "int", "90", low=10, high=600),
    Setting("numbers_expected", "int", "300", low=1, high=5000),
    Setting("ticker_id", "text", "", optional=True),
    Setting("ticker_en", "text", "", optional=True),
    Setting("deny_words", "text", "", optional=True),
    Setting("volume_by_hour", "volumes", "", optional=True),
    Setting("purge_after_days", "int", "30", low=1, high=3650),
    Setting("biodata_service", "text", "biodata"),
    Setting("card_services", "text", "card-printing,lost-card", optional=True),
    Setting("blanks", "int", "", high=100_000, optional=True),
    Setting("notice_repeat_minutes", "int", "10", high=120),
    Setting("paper_mm", "choice", "80", ("58", "80")),
    Setting("drill", "bool", "off", fixed=True),
)


def default_values() -> dict[str, str]:
    return {key: setting.default for key, setting in SETTINGS.items()}


def clean(key: str, value: str) -> str:
    """The value as it is stored. Raises ValueError with the reason in English words."""
    setting, text = SETTINGS[key], str(value).strip()
    if setting.optional and text.lower() in ("", "none"):
        return ""
    match setting.kind:
        case "bool":
            if text.lower() not in ("on", "off", "true", "false"):
                raise ValueError("on or off")
            return "on" if text.lower() in ("on", "true") else "off"
        case "int":
            if not text.isascii() or not text.isdigit():
                raise ValueError(f"{setting.low}-{setting.high}")
            if not setting.low <= int(text) <= setting.high:
                raise ValueError(f"{setting.low}-{setting.high}")
            return str(int(text))
        case "choice":
            if text not in setting.choices:
                raise ValueError(", ".join(setting.choices))
        case "time":
            minutes = _minutes(text)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        case "volumes":
            try:
                return volumes.clean(text)
            except ValueError as error:
                raise ValueError(str(error) or "07:30 60, 10:00 100") from None
        case "date":
            try:
                return date.fromisoformat(text).isoformat()
            except ValueError:
                raise ValueError("YYYY-MM-DD") from None
        case "zone":
            if text not in available_timezones():
                raise ValueError("a zone such as Asia/Makassar")
        case _:
            if not text and key == "name":
                raise ValueError("is missing")
            if len(text) > 200 or any(ord(letter) < 32 for letter in text):
                raise ValueError("at most 200 letters, no control characters")
            if key == "public_url" and not text.startswith(("http://", "https://")):
                raise ValueError("http:// or https://")
            if key == "public_url" and _is_loopback(text):
                raise ValueError("an address that a phone can reach")
    return text


def _minutes(text: str) -> int:
    try:
        return parse_time(text)
    except ValueError:
        raise ValueError("HH:MM") from None


def _is_loopback(url: str) -> bool:
    host = url.split("//", 1)[1].split("/", 1)[0].rsplit("@", 1)[-1].lower()
    return host.startswith(("localhost", "127.", "[::1]", "0.0.0.0"))


def schedule_of(values: Mapping[str, str]) -> Schedule:
    """The hours as the day's rules read them."""
    return Schedule(
        zone=values["zone"],
        opens=parse_time(values["opens"]),
        closes=parse_time(values["closes"]),
        numbers_before=int(values["numbers_before_minutes"]),
        day_starts=parse_time(values["day_starts_at"]) if values["day_starts_at"] else None,
        poll_close=parse_time(values["poll_close"]) if values["poll_close"] else None,
        polling_day=values["polling_day"] or None,
    )
