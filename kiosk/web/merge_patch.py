"""JSON merge patches (RFC 7396): what turns a screen's old picture into the new one."""

from typing import Any

_NOTHING: Any = object()


def diff(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The patch from `before` to `after`. Values replace, null removes, arrays are replaced whole.

    A patch cannot say null as a value: a null in `after` and a missing name are the same to it.
    """
    patch: dict[str, Any] = {}
    for name, value in after.items():
        old = before.get(name, _NOTHING)
        if old is value or old == value:
            continue
        if isinstance(value, dict) and isinstance(old, dict):
            patch[name] = diff(old, value)
        else:
            patch[name] = value
    for name, old in before.items():
        if name not in after and old is not None:
            patch[name] = None
    return patch


def combine(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """One patch for two screens that shall show the same: both lead to the same picture."""
    combined = dict(first)
    for name, value in second.items():
        old = combined.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            combined[name] = combine(old, value)
        else:
            combined[name] = value
    return combined


def apply(target: Any, patch: Any) -> Any:
    """What a screen does with a patch; `target` is left untouched."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = apply(result.get(name), value)
    return result
