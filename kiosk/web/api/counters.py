"""Counters: a counter's whole work."""

from typing import Annotated, Literal

import msgspec

from kiosk.commands import calling, catalogue, counter, passing, undo
from kiosk.domain.ticket import OUTCOMES, PARK_CAUSES
from kiosk.web.routes import Route
from kiosk.web.wire import Body, Code, CounterNumber, Id, Label, Moment, Nothing, Text

Blanks = Annotated[int, msgspec.Meta(ge=0, le=9)]
Services = Annotated[list[Code], msgspec.Meta(max_length=50)]


class OpenCounter(Body):
    services_served: Services | None = msgspec.field(name="services", default=None)
    closes_at: Moment | None = None


class PlanClosing(Body):
    closes_at: Moment | None


class Finish(Body):
    outcome: Literal[OUTCOMES] = "done"  # type: ignore[valid-type]
    blanks: Blanks = 0
    then_call_next: bool = msgspec.field(name="call_next", default=False)


class NextStep(Body):
    blanks: Blanks = 0


class Park(Body):
    cause: Literal[PARK_CAUSES]  # type: ignore[valid-type]
    reason: Text | None = None
    due_back_minutes: Annotated[int, msgspec.Meta(ge=0, le=1440)] | None = None
    owner: Literal["counter", "service"] = "service"


class Resume(Body):
    ticket_id: Id = msgspec.field(name="ticket")


class CallTicket(Body):
    ticket_id: Id = msgspec.field(name="ticket")
    reason: Text


class Transfer(Body):
    service: Code | None = None
    to_counter: CounterNumber | None = msgspec.field(name="counter", default=None)
    front: bool = False
    reason: Text | None = None


class HandOver(Body):
    to: Label


class PutCounter(Body):
    counter: CounterNumber = msgspec.field(name="number")
    services_served: Services = msgspec.field(name="services")
    zone: Text | None = None


_AT = "/api/counters/<number:counter>/"

ROUTES = (
    Route("POST", "/api/counters", "Add a counter or change one", PutCounter,
          catalogue.put_counter),
    Route("POST", _AT + "remove", "Take away a closed counter", Nothing,
          catalogue.remove_counter),
    Route("POST", _AT + "open", "Open the counter", OpenCounter, counter.open_counter),
    Route("POST", _AT + "close", "Close the counter", Nothing, counter.close_counter),
    Route("POST", _AT + "plan-closing", "Say when it will close, or null", PlanClosing,
          counter.plan_closing),
    Route("POST", _AT + "call-next", "Call whom the policy chooses", Nothing, calling.call_next),
    Route("POST", _AT + "call", "Call one ticket, with a reason", CallTicket, calling.call_ticket),
    Route("POST", _AT + "recall", "Call the number in hand again", Nothing, calling.recall),
    Route("POST", _AT + "start", "The person is here", Nothing, calling.start),
    Route("POST", _AT + "no-show", "Nobody came", Nothing, calling.no_show),
    Route("POST", _AT + "finish", "Service is over", Finish, passing.finish),
    Route("POST", _AT + "next-step", "On to the next step of the journey", NextStep,
          passing.next_step),
    Route("POST", _AT + "park", "Set the ticket aside", Park, passing.park),
    Route("POST", _AT + "resume", "Call a parked ticket back", Resume, passing.resume),
    Route("POST", _AT + "transfer", "Pass the ticket on", Transfer, passing.transfer),
    Route("POST", _AT + "undo", "Undo the counter's last command", Nothing, undo.undo),
    Route("POST", _AT + "hand-over", "Pass the counter to somebody else", HandOver,
          counter.hand_over),
    Route("POST", _AT + "take-over", "Take a counter whose operator has gone", Nothing,
          counter.take_over),
)  # fmt: skip
