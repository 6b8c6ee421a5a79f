"""The one exception of this package for expected failures."""

from __future__ import annotations

from typing import Any, Mapping

CODES = frozenset(
    "cancelled invalid_argument deadline_exceeded not_found already_exists permission_denied resource_exhausted "
    "failed_precondition aborted unimplemented internal unavailable data_loss unauthenticated".split()
)

_TRANSIENT = frozenset(("unavailable", "resource_exhausted", "aborted"))


class EdgeHostError(Exception):
    """What the host, a capability or the connection reports.

    ``code`` is one of the names of docs/errors.md (one that this version does not know becomes ``internal``), ``message`` says what was
    wrong and what to do, ``retry_after_ms`` when to try again (or None), ``details`` further facts as text.
    """

    def __init__(self, code: str, message: str, retry_after_ms: int | None = None, details: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.retry_after_ms = retry_after_ms
        self.details: dict[str, str] = dict(details or {})

    @property
    def is_transient(self) -> bool:
        """Whether the same call may succeed later without a change by the caller."""
        return self.code in _TRANSIENT

    def again(self) -> "EdgeHostError":
        """The same error for another caller, so that two never share one traceback."""
        return EdgeHostError(self.code, self.message, self.retry_after_ms, self.details)

    @classmethod
    def from_wire(cls, error: Any) -> "EdgeHostError":
        """Reads an error map; what another peer sends in its place becomes ``internal``."""
        if isinstance(error, str):
            return cls("internal", error)
        if not isinstance(error, dict):
            return cls("internal", "The host sent an error without a message.")
        code, message = error.get("code"), error.get("message")
        retry = error.get("retry_after_ms")
        details = error.get("details")
        return cls(
            code if isinstance(code, str) and code in CODES else "internal",
            message if isinstance(message, str) else "",
            int(retry) if isinstance(retry, (int, float)) and not isinstance(retry, bool) and retry >= 0 else None,
            {k: v for k, v in details.items() if isinstance(k, str) and isinstance(v, str)} if isinstance(details, dict) else None,
        )
