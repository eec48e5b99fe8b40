"""What can go wrong before anything is heard."""


class VoiceError(ValueError):
    """This cannot be spoken: an impossible number, counter or notice."""


class UnknownClip(VoiceError):
    """No folder holds a usable recording of this name."""
