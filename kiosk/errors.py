"""Every error a caller can meet, as one tree.

Each class has a stable `code` (outside tools rely on it), an HTTP status and a message: the English
text is the gettext message id, with {named} places that are filled from the error's attributes.
"""

from typing import ClassVar


class KioskError(Exception):
    """A command was refused, nothing was changed. `details` are JSON-able and hold no secrets."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    message: ClassVar[str] = "Something went wrong. Nothing was changed."
    words: ClassVar[tuple[str, ...]] = ()
    """Details whose values are words of ours, said in the asker's language too."""

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return self.message.format_map(_Forgiving(self.details))


class _Forgiving(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


# --- who is asking -----------------------------------------------------------------------------


class Unauthorized(KioskError):
    code, status = "unauthorized", 401
    message = "Sign in or pair this device first."


class WrongPin(Unauthorized):
    code = "wrong_pin"
    message = "This label and PIN do not belong together."


class Forbidden(KioskError):
    code, status = "forbidden", 403
    message = "This role may not do that."


class CounterDeviceNeeded(Forbidden):
    code = "counter_device_needed"
    message = "Staff can sign in only at a paired counter device or at the server itself."


class SetUpCodeWrong(Forbidden):
    code = "set_up_code_wrong"
    message = "This code is not the one that the server printed."


class SetUpPassEnded(Forbidden):
    code = "set_up_pass_ended"
    message = "Reload this page and enter the code that the server shows now: it was started again."


class CsrfFailed(Forbidden):
    code = "csrf_failed"
    message = "This page is out of date. Reload it and try again."


class OriginRefused(Forbidden):
    code = "origin_refused"
    message = "This address is not one of the office's own."


class TooManyRequests(KioskError):
    code, status = "too_many_requests", 429
    message = "Too many requests. Wait {retry_after} seconds."


class PinBackoff(TooManyRequests):
    code = "pin_backoff"
    message = "Too many wrong tries here. Wait {retry_after} seconds."


# --- not there ---------------------------------------------------------------------------------


class NotFound(KioskError):
    code, status = "not_found", 404
    message = "There is nothing at this address."


class MethodNotAllowed(KioskError):
    code, status = "method_not_allowed", 405
    message = "This address cannot be used in this way."


class UnknownTicket(NotFound):
    code = "unknown_ticket"
    message = "This ticket is not known."


class UnknownSlip(NotFound):
    code = "unknown_slip"
    message = "This slip is not known."


class UnknownService(NotFound):
    code = "unknown_service"
    message = "The service {service} is not known."


class UnknownCounter(NotFound):
    code = "unknown_counter"
    message = "Counter {counter} is not known."


class UnknownStaff(NotFound):
    code = "unknown_staff"
    message = "The label {label} is not known."


class UnknownDevice(NotFound):
    code = "unknown_device"
    message = "This device is not known."


class UnknownNotice(NotFound):
    code = "unknown_notice"
    message = "The notice {notice} is not known."


class UnknownSetting(NotFound):
    code = "unknown_setting"
    message = "The setting {key} is not known."


class UnknownPrinter(NotFound):
    code = "unknown_printer"
    message = "This printer is not known here."


class UnknownJob(NotFound):
    code = "unknown_job"
    message = "This print job is not known."


# --- the state does not allow it ---------------------------------------------------------------


class Conflict(KioskError):
    code, status = "conflict", 409
    message = "This is not possible now."


class WrongState(Conflict):
    code = "wrong_state"
    message = "Ticket {number} is {state}: this is not possible now."
    words = ("state",)


class QueueEmpty(Conflict):
    code = "queue_empty"
    message = "Nobody is waiting for this counter."


class DayNotBegun(Conflict):
    code = "day_not_begun"
    message = "The day {day} has not begun yet: there is nothing to close."


class NothingChanged(Conflict):
    code = "nothing_changed"
    message = "It is so already: nothing was changed."


class CounterClosed(Conflict):
    code = "counter_closed"
    message = "Counter {counter} is closed."


class CounterBusy(Conflict):
    code = "counter_busy"
    message = "Counter {counter} still has ticket {number}."


class CounterEmpty(Conflict):
    code = "counter_empty"
    message = "Counter {counter} has no ticket in hand."


class CounterTaken(Conflict):
    code = "counter_taken"
    message = "Counter {counter} is run by {staff}."


class TooSoon(Conflict):
    code = "too_soon"
    message = "Wait {retry_after} more seconds."


class AbsenceNotProven(Conflict):
    code = "absence_not_proven"
    message = "Call {calls_missing} more times, and wait {retry_after} seconds."


class GraceOver(Conflict):
    code = "grace_over"
    message = "The time to come back is over. Please take a new number."


class NothingToUndo(Conflict):
    code = "nothing_to_undo"
    message = "There is nothing to undo any more."


class NotForThisCounter(Conflict):
    code = "not_for_this_counter"
    message = "Ticket {number} belongs to another counter."


class NobodyServes(Conflict):
    code = "nobody_serves"
    message = "No open counter serves {service}."


class PeopleAreWaiting(Conflict):
    code = "people_are_waiting"
    message = "People are waiting: a rehearsal would confuse them."


class LabelTaken(Conflict):
    code = "label_taken"
    message = "The label {label} is in use."


class LastSupervisor(Conflict):
    code = "last_supervisor"
    message = "The last supervisor cannot be removed."


class ClockInDoubt(Conflict):
    code = "clock_in_doubt"
    message = "The server's clock jumped. A supervisor must confirm the time first."


class PrinterTaken(Conflict):
    code = "printer_taken"
    message = "Another worker has this printer."


class WrongJobState(Conflict):
    code = "wrong_job_state"
    message = "This print job is {state}: this is not possible now."


# --- the input is wrong ------------------------------------------------------------------------


class Invalid(KioskError):
    code, status = "invalid", 422
    message = "{field}: {problem}"
    words = ("problem",)


class Malformed(Invalid):
    code = "malformed"
    message = "The request could not be read."


class TooLarge(KioskError):
    code, status = "too_large", 413
    message = "The request is too large."


class KeyMissing(Invalid):
    code = "key_missing"
    message = "An Idempotency-Key is needed."


class KeyReused(Invalid):
    code = "key_reused"
    message = "This Idempotency-Key was used for something else."


class PairingCodeWrong(Invalid):
    code = "pairing_code_wrong"
    message = "This pairing code is wrong or too old."


class PinTooWeak(Invalid):
    code = "pin_too_weak"
    message = "Choose a PIN of 6 to 12 digits that is not a simple row."


class SettingInvalid(Invalid):
    code = "setting_invalid"
    message = "{key}: {problem}"
    words = ("problem",)


class NeutralityDoubt(Conflict):
    """A text for the hall that might take sides; sent again with `confirmed` it is taken."""

    code = "confirmation_needed"
    message = "This may not look neutral: {words}. Save it again if it must stay."


# --- not open ----------------------------------------------------------------------------------


class Closed(KioskError):
    code, status = "closed", 423
    message = "The office is closed."


class NoNumbersYet(Closed):
    code = "no_numbers_yet"
    message = "Numbers are given from {time}."


class NoMoreNumbers(Closed):
    code = "no_more_numbers"
    message = "No more numbers are given today."


class ServiceSuspended(Closed):
    code = "service_suspended"
    message = "{service} is suspended for now."


class BiodataInstead(Closed):
    code = "biodata_instead"
    message = "{service} is not possible now. Biodata is given instead."


class ServiceClosed(Closed):
    code = "service_closed"
    message = "{service} is not offered today."


class QuotaReached(Closed):
    code = "quota_reached"
    message = "All numbers for {service} have been given today."


class CannotFinish(Closed):
    code = "cannot_finish"
    message = "{service} can no longer be finished before closing."


class Pacing(TooManyRequests):
    code = "pacing"
    message = "Please wait a moment before the next number."


# --- drills ------------------------------------------------------------------------------------


class DrillFile(Conflict):
    code = "drill_file"
    message = "This folder holds a drill. It can be served only with --demo."


class RealFile(Conflict):
    code = "real_file"
    message = "This folder holds a real office. A drill needs a folder of its own."


# --- the machine -------------------------------------------------------------------------------


class StorageUnavailable(KioskError):
    code, status = "storage_unavailable", 503
    message = "The office's record cannot be written ({reason}). Nothing was changed; try again."
    words = ("reason",)
