"""Tickets: taking one, and what happens to it away from a counter."""

import io
from typing import Annotated, Any, Literal

import msgspec
from flask import Response, request

from kiosk.commands import ROLES, Answer, slips, tickets
from kiosk.domain.actor import KIOSK
from kiosk.domain.ticket import Ticket
from kiosk.errors import Forbidden, NotFound, TooManyRequests, Unauthorized, UnknownTicket
from kiosk.web.citizens import citizen
from kiosk.web.identity import address_of
from kiosk.web.routes import Call, Route
from kiosk.web.wire import Body, Code, Id, Nothing, Secret, Text

Minutes = Annotated[int, msgspec.Meta(ge=0, le=tickets.MAX_TRAVEL)]
Many = Annotated[list[Id], msgspec.Meta(min_length=1, max_length=500)]


class IssueTicket(Body):
    service: Code
    priority: bool = False
    voter: bool = False
    travel_minutes: Minutes | None = None
    fetch: bool = False
    language: Literal["id", "en"] = "id"
    override_reason: Text | None = None


class GiveSlip(Body):
    service: Code
    language: Literal["id", "en"] = "id"


class CancelTicket(Body):
    reason: Text | None = None
    token: Secret | None = None


class ReturnTicket(Body):
    token: Secret | None = None
    trace: Secret | None = None


class ReturnByNumber(Body):
    number: Annotated[str, msgspec.Meta(pattern="^ *[A-Za-z]-?[0-9]{3,4} *$")]
    trace: Secret


class ReturnAtKiosk(Body):
    """`digits`: what the speaking mode says instead of the trace code, which needs letters."""

    number: Annotated[str, msgspec.Meta(pattern="^ *[A-Za-z]-?[0-9]{3,4} *$")]
    trace: Secret | None = None
    digits: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}$")] | None = None


class Reclassify(Body):
    reason: Text
    service: Code | None = None
    priority: bool | None = None
    voter: bool | None = None
    travel_minutes: Minutes | None = None


class ReclassifyMany(Reclassify, kw_only=True):
    ticket_ids: Many = msgspec.field(name="tickets")


class Reopen(Body):
    reason: Text


class Reprint(Body):
    reason: Text | None = None


def _cancel(call: Call) -> Answer:
    found, body = call.path["ticket_id"], call.body
    return _by_holder(call, tickets.cancel_ticket, found, body.token, None, reason=body.reason)


def _return(call: Call) -> Answer:
    body = call.body
    return _by_holder(call, tickets.return_ticket, call.path["ticket_id"], body.token, body.trace)


def _return_by_number(call: Call) -> Answer:
    body = call.body
    if body.digits is not None:
        return _return_by_digits(call)
    found = _by_number_and_code(call)
    return _by_holder(call, tickets.return_ticket, found.id, None, body.trace)


def _return_by_digits(call: Call) -> Answer:
    """Only at a kiosk, where somebody stands, and with few tries: four digits can be guessed."""
    site, caller = call.site, call.caller()
    if caller.role != KIOSK:
        raise Forbidden(role=caller.role)
    wait = site.spoken_tries.take(caller.name, site.monotonic() / 1000)
    if wait:
        raise TooManyRequests(retry_after=wait)
    found = _by_number(call)
    if not site.citizens.heard(found.id, call.body.digits):
        raise UnknownTicket()
    return call.do(tickets.return_ticket, caller.actor(call.key), ticket_id=found.id)


def _find(call: Call) -> Answer:
    """The page of a ticket for somebody who has typed what is on the paper. Tries are counted."""
    site = call.site
    wait = site.finding_tries.take(address_of(request.environ), site.monotonic() / 1000)
    if wait:
        raise TooManyRequests(retry_after=wait)
    found = _by_number_and_code(call)
    return {"number": found.number, "path": f"/t/{site.citizens.token_of(found.id)}"}


def _by_number(call: Call) -> Ticket:
    number = call.body.number.replace(" ", "").replace("-", "")
    found: Ticket = call.site.citizens.by_number(f"{number[:1]}-{number[1:]}")
    return found


def _by_number_and_code(call: Call) -> Ticket:
    found = _by_number(call)
    if not call.site.citizens.holds(found.id, token=None, trace=call.body.trace):
        raise UnknownTicket()
    return found


def _by_holder(
    call: Call, command: Any, ticket_id: int, token: str | None, trace: str | None, **more: Any
) -> Answer:
    """Staff may; anybody else must hold the ticket: its token on the phone, its code on paper."""
    holds = call.site.citizens.holds(ticket_id, token=token, trace=trace)
    try:
        caller = call.caller()
    except (Unauthorized, Forbidden):
        if not holds:
            raise
        by = citizen(ticket_id, call.key)
    else:
        if caller.role == KIOSK and not holds:
            raise Forbidden(role=caller.role)
        by = caller.actor(call.key)
    return call.do(command, by, ticket_id=ticket_id, **more)


def _qr(call: Call) -> Response:
    """The QR code of the ticket's page on a phone; none without a public address."""
    ticket_id, token = call.path["ticket_id"], request.args.get("token", "")
    base = call.site.directory.public_url
    if not call.site.citizens.holds(ticket_id, token=token, trace=None):
        raise UnknownTicket()
    if not base:
        raise NotFound()
    import segno  # only here: it would cost every start a twentieth of a second

    code = segno.make(f"{base.rstrip('/')}/t/{token}", error="m", micro=False)
    picture = io.BytesIO()
    code.save(picture, kind="svg", xmldecl=False, scale=8, border=4, omitsize=True, light="#fff")
    return Response(
        picture.getvalue(),
        content_type="image/svg+xml",
        headers={"Cache-Control": "private, max-age=3600"},
    )


def _roles(command: Any) -> frozenset[str]:
    return ROLES[command.__name__]


ROUTES = (
    Route("POST", "/api/tickets", "Take a number", IssueTicket, tickets.issue_ticket,
          status=201, key_needed=True),
    Route("POST", "/api/slips", "Proof of the hour for somebody who is probably too late", GiveSlip,
          slips.give_slip, status=201),
    Route("POST", "/api/slips/<id:slip_id>/reprint", "Print a marked copy of a slip", Reprint,
          slips.reprint_slip),
    Route("POST", "/api/tickets/<id:ticket_id>/cancel", "Cancel an open ticket", CancelTicket,
          handler=_cancel, roles=_roles(tickets.cancel_ticket)),
    Route("POST", "/api/tickets/<id:ticket_id>/restore", "A cancelled ticket waits again", Nothing,
          tickets.restore_ticket),
    Route("POST", "/api/tickets/<id:ticket_id>/reclassify", "Change service, priority or deadline",
          Reclassify, tickets.reclassify_ticket),
    Route("POST", "/api/tickets/reclassify", "The same for many tickets at once", ReclassifyMany,
          tickets.reclassify_tickets),
    Route("POST", "/api/tickets/<id:ticket_id>/return", "Somebody who missed the call is back",
          ReturnTicket, handler=_return, roles=_roles(tickets.return_ticket)),
    Route("POST", "/api/tickets/return", "The same by number and code, as on the paper",
          ReturnAtKiosk, handler=_return_by_number, roles=_roles(tickets.return_ticket)),
    Route("POST", "/api/tickets/find", "A ticket's page by number and code, as on the paper",
          ReturnByNumber, handler=_find),
    Route("POST", "/api/tickets/<id:ticket_id>/reopen", "An expired ticket waits again", Reopen,
          tickets.reopen_ticket),
    Route("POST", "/api/tickets/<id:ticket_id>/reprint", "Print a marked copy", Reprint,
          tickets.reprint_ticket),
    Route("GET", "/api/tickets/<id:ticket_id>/qr.svg", "QR code of the ticket's page",
          handler=_qr, media="image/svg+xml", query=("token",)),
)  # fmt: skip
