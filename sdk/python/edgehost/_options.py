"""What a caller says about a call or a connection besides the call itself."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any, Callable, Mapping

from .errors import EdgeHostError

_PRIORITIES = ("interactive", "normal", "background")


@dataclass(frozen=True)
class CallOptions:
    """How a call is to be made. Immutable; may be reused.

    ``deadline``: seconds from receipt until the answer is worth nothing; None for none. ``priority``: ``interactive``, ``normal`` or
    ``background``. ``traceparent``: W3C trace context, at most 256 characters. ``idempotency_key``: at most 256 characters; two unary calls
    of this app and method with one key run once, and such a call is sent again by itself when the connection was lost and ``reconnect`` is on.
    ``on_info``: called with the host's account of the call (a dict) before its result is returned.
    """

    deadline: float | None = None
    priority: str = "normal"
    traceparent: str | None = None
    idempotency_key: str | None = None
    on_info: Callable[[dict[str, Any]], None] | None = None

    def __post_init__(self) -> None:
        if self.priority not in _PRIORITIES:
            raise ValueError(f"The priority '{self.priority}' is none of {', '.join(_PRIORITIES)}.")

    def after(self, seconds: float) -> "CallOptions":
        """The options of a call that is sent again after so long: what is left of its deadline."""
        if self.deadline is None:
            return self
        if self.deadline <= seconds:
            raise EdgeHostError("deadline_exceeded", "The deadline passed before the call could be sent again.")
        return replace(self, deadline=self.deadline - seconds)

    def to_wire(self) -> dict[str, Any]:
        context: dict[str, Any] = {}
        if self.deadline is not None:
            context["deadline_ms"] = int(-(-self.deadline * 1000 // 1))  # rounded up: a deadline never comes early
        if self.priority != "normal":
            context["priority"] = self.priority
        if self.traceparent is not None:
            context["traceparent"] = self.traceparent
        if self.idempotency_key is not None:
            context["idempotency_key"] = self.idempotency_key
        if self.on_info is not None:
            context["explain"] = True
        return context


@dataclass(frozen=True)
class Reconnect:
    """How a client comes back when its connection is lost. Delays in seconds, each varied by a random quarter.

    The first attempt is made at once, then after ``first_delay``, doubling up to ``longest_delay``. After ``give_up_after`` without a host the
    calls that wait fail as ``unavailable``, and the next call begins a new round.
    """

    first_delay: float = 0.1
    longest_delay: float = 5.0
    give_up_after: float = 30.0

    def __post_init__(self) -> None:
        if not 0 < self.first_delay <= self.longest_delay or self.give_up_after < 0:
            raise ValueError("Reconnect needs 0 < first_delay <= longest_delay and give_up_after of 0 or more seconds.")

    def delays(self) -> "Delays":
        return Delays(self)


class Delays:
    """The growing pauses of one round."""

    def __init__(self, policy: Reconnect) -> None:
        self._next = policy.first_delay
        self._longest = policy.longest_delay

    def take(self, at_least: float = 0.0) -> float:
        delay = self._next * random.uniform(0.75, 1.25)
        self._next = min(self._next * 2, self._longest)
        return max(delay, at_least)


@dataclass(frozen=True)
class ConnectionOptions:
    """Where and as whom a client connects; see :meth:`edgehost.EdgeHost.connect`."""

    endpoint: str
    app: str
    token: str | None
    connect_timeout: float
    send_timeout: float
    keep_alive: float
    region_threshold: int | None
    reconnect: Reconnect | None


def merge_fields(body: Mapping[str, Any] | None, fields: dict[str, Any]) -> dict[str, Any]:
    """The request: the mapping, with the keyword fields over it."""
    if body is None:
        return fields
    if not isinstance(body, Mapping):
        raise EdgeHostError("invalid_argument", f"The body of a call is a mapping of field names to values, not {type(body).__name__}.")
    return {**body, **fields}
