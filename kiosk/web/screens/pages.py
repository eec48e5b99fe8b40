"""The pages: one blueprint a screen. Each is a template; what it shows comes by the API."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from jinja2 import TemplateNotFound
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.actor import COUNTER, DISPLAY, KIOSK, STAFF_ROLES, SUPERVISOR
from kiosk.domain.policy import POLICY_VERSIONS
from kiosk.errors import KioskError, NotFound
from kiosk.messages import explain, preferred, translator
from kiosk.web.directory import Caller
from kiosk.web.identity import is_at_the_server
from kiosk.web.language import request_language
from kiosk.web.site import Site

POSTER_SIZES = ("a4", "a3")

Page = Callable[..., AnyResponse | str]


def blueprints(site: Site) -> tuple[Blueprint, ...]:
    return (
        _home(site),
        _kiosk(site),
        _device_screen("display", "/display", "display/index.html", DISPLAY, site),
        _staff_screen("counter", "/counter", "counter/index.html", STAFF_ROLES, site),
        _staff_screen("supervisor", "/supervisor", "supervisor/index.html", (SUPERVISOR,), site),
        _staff_screen("preview", "/preview", "preview/index.html", STAFF_ROLES, site),
        _phone(site),
        _poster(site),
        _doors(site),
        *([_demo(site)] if site.config.demo else []),
    )


def _home(site: Site) -> Blueprint:
    home = Blueprint("home", __name__)

    @home.get("/")
    def index() -> str:
        return render("home.html", site, None, set_up=site.directory.has_supervisor)

    return home


def _kiosk(site: Site) -> Blueprint:
    """Begins in the office's own language, whatever the machine's browser prefers."""
    screen = Blueprint("kiosk_screen", __name__)

    @screen.get("/kiosk")
    def index() -> AnyResponse | str:
        caller = _looks_on(KIOSK)
        if caller is None:
            return redirect(f"/pair?kind={KIOSK}", 303)
        language = "en" if request.args.get("lang") == "en" else "id"
        device = site.directory.device(caller.device) if caller.device else None
        first = site.snapshots.kiosk(device) | {"now": site.office.clock.now()}
        return render("kiosk/index.html", site, caller, language=language, first=first)

    return screen


def _device_screen(name: str, address: str, template: str, kind: str, site: Site) -> Blueprint:
    """A screen of a paired device; staff who are signed in may look at it too."""
    screen = Blueprint(f"{name}_screen", __name__)

    @screen.get(address)
    def index() -> AnyResponse | str:
        caller = _looks_on(kind)
        if caller is None:
            return redirect(f"/pair?kind={kind}", 303)
        return render(template, site, caller)

    return screen


def _staff_screen(
    name: str, address: str, template: str, roles: tuple[str, ...], site: Site
) -> Blueprint:
    screen = Blueprint(f"{name}_screen", __name__)

    @screen.get(address)
    def index() -> AnyResponse | str:
        caller = _first(lambda c: c.kind == "staff" and c.role in roles)
        if caller is None:
            return redirect(f"/signin?next={address}", 303)
        return render(template, site, caller)

    return screen


def _phone(site: Site) -> Blueprint:
    phone = Blueprint("phone_screen", __name__)

    @phone.get("/t/<token>")
    def index(token: str) -> str:
        ticket = site.citizens.by_token(token)
        language = preferred(None, request.args.get("lang") or ticket.language)
        first = site.snapshots.phone(token) | {"now": site.office.clock.now()}
        names = {one["code"]: one["name"] for one in first["services"]}
        name = names.get(ticket.service, {}).get(language, "")
        return render("phone/index.html", site, None, language=language, first=first, service=name)

    @phone.get("/n")
    def find() -> str:
        """The short address on the paper: number and code lead to the ticket's page."""
        office = site.snapshots.view(KIOSK)["office"]["name"]
        return render("phone/find.html", site, None, office=office)

    return phone


def _poster(site: Site) -> Blueprint:
    """What hangs beside the kiosk, for anybody to read and print."""
    poster = Blueprint("poster", __name__)

    @poster.get("/poster")
    def index() -> str:
        asked = request.args.get("size", "")
        office = site.board.display()["office"]
        policy = office["policy"]
        return render(
            "poster/index.html",
            site,
            None,
            size=asked if asked in POSTER_SIZES else POSTER_SIZES[0],
            sizes=POSTER_SIZES,
            office=office,
            policy=policy,
            rule_version=f"{policy}/{POLICY_VERSIONS[policy]}",
            indonesian=translator("id"),
            english=translator("en"),
        )

    return poster


def _demo(site: Site) -> Blueprint:
    """All screens of a drill side by side."""
    demo = Blueprint("demo", __name__)

    @demo.get("/demo")
    def index() -> str:
        here = is_at_the_server(request.environ)
        return render("demo/index.html", site, None, is_at_the_server=here)

    return demo


def _doors(site: Site) -> Blueprint:
    """Pairing, signing in, and the first supervisor."""
    doors = Blueprint("doors", __name__)

    @doors.get("/pair")
    def pair() -> str:
        return render("pair/index.html", site, None)

    @doors.get("/signin")
    def sign_in() -> AnyResponse | str:
        if not site.directory.has_supervisor:
            return redirect("/setup", 303)
        device = _first(lambda c: c.kind == COUNTER)
        if device is None and not is_at_the_server(request.environ):
            return redirect("/pair?kind=counter", 303)
        return render("signin/index.html", site, device)

    @doors.get("/setup")
    def set_up() -> AnyResponse | str:
        if site.directory.has_supervisor:
            return redirect("/signin", 303)
        return render("setup/index.html", site, None)

    @doors.get("/setup/ready")
    def ready() -> AnyResponse | str:
        caller = _first(lambda c: c.kind == "staff" and c.role == SUPERVISOR)
        if caller is None:
            return redirect("/signin?next=/setup/ready", 303)
        return render("setup/ready.html", site, caller)

    return doors


def _looks_on(kind: str) -> Caller | None:
    """The device itself, or staff who look at its screen."""
    return _first(lambda c: c.kind == kind) or _first(lambda c: c.kind == "staff")


def _first(wanted: Callable[[Caller], bool]) -> Caller | None:
    callers: tuple[Caller, ...] = request.environ["kiosk.callers"]
    return next((caller for caller in callers if wanted(caller)), None)


def render(template: str, site: Site, caller: Caller | None, **more: Any) -> str:
    """A page with what every page knows."""
    language = more.pop("language", None) or request_language()
    device = site.directory.device(caller.device) if caller and caller.device else None
    config = device.settings if device else {}
    try:
        return render_template(
            template,
            _=translator(language),
            language=language,
            csrf=(caller.csrf if caller else None) or "",
            counter=caller.counter if caller else None,
            staff=caller.name if caller and caller.kind == "staff" else None,
            role=caller.role if caller else None,
            config=config,
            name=device.name if device else "",
            screen_height_mm=config.get("screen_height_mm"),
            viewing_distance_m=config.get("viewing_distance_m"),
            version=site.version,
            **more,
        )
    except TemplateNotFound:
        raise NotFound() from None


def wants_page() -> bool:
    """Whether a person's browser is asking."""
    best = request.accept_mimetypes.best_match(["application/json", "text/html"])
    return best == "text/html" and request.accept_mimetypes["text/html"] > 0.9


def error_page(error: KioskError) -> Response:
    language = request_language()
    page = render_template(
        "error.html",
        _=translator(language),
        language=language,
        code=error.code,
        status=error.status,
        detail=explain(error, language),
    )
    return make_response(page, error.status)
