"""What a typed facade needs of a client, so that clients may have facades and facades know no client."""

from __future__ import annotations

from typing import Any, Mapping, Protocol

from ._options import CallOptions


class Caller(Protocol):
    """A client that blocks."""

    def call(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None) -> Any:
        """Calls a method once and returns its response, a dict."""


class AsyncCaller(Protocol):
    """A client for asyncio."""

    async def call(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None) -> Any:
        """Calls a method once and returns its response, a dict."""
