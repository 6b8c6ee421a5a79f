"""What is under way on a connection. Everything here runs on the loop of its session."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, Protocol

from ._options import CallOptions
from ._regions import Slot
from .errors import EdgeHostError

_MOST_CREDIT = 1 << 31


class CallHost(Protocol):
    """What calls need of their connection."""

    loop: asyncio.AbstractEventLoop
    credit: int
    push_bytes: int

    def abandon(self, call: "PendingCall") -> None:
        """Stops a call on the host."""

    def encode_push(self, call_id: int, item: Any) -> tuple[bytes, int]:
        """Encodes an item that is pushed to a call; returns the message and the length of the item alone."""

    def notify(self, method: str, *params: Any) -> None:
        """Sends a small notification without waiting."""

    async def send(self, data: bytes) -> None:
        """Sends a message when the socket takes it."""

    async def send_end(self, call_id: int) -> None:
        """Says that no more items of a call come."""


class PendingCall:
    """A call between its request and its response."""

    def __init__(self, session: CallHost, options: CallOptions) -> None:
        self.session = session
        self.options = options
        self.id = -1
        self.slots: list[Slot] = []
        self.is_abandoned = False
        self.holds_place = True
        self.info: Any = None
        self.outcome: asyncio.Future[Any] = session.loop.create_future()
        # A call that nobody waits for any more may fail without a complaint.
        self.outcome.add_done_callback(lambda f: f.cancelled() or f.exception())

    def complete(self, result: Any) -> None:
        if self.info is not None and self.options.on_info is not None and not self.is_abandoned:
            self.options.on_info(self.info)
        if not self.outcome.done():
            self.outcome.set_result(result)

    def fail(self, error: BaseException) -> None:
        if not self.outcome.done():
            self.outcome.set_exception(error)

    def accept(self, item: Any) -> None:
        raise EdgeHostError("internal", "The host sent an item to a call that is no stream.")

    def add_credit(self, items: int) -> None:
        """The host takes more pushes; of no meaning to a call without them."""


class StreamCall(PendingCall):
    """A call with items in one or both directions, both under credit."""

    def __init__(self, session: CallHost, options: CallOptions, is_pushing: bool) -> None:
        super().__init__(session, options)
        self._items: deque[Any] = deque()
        self._window = session.credit
        self._taken = 0
        self._push_credit = session.credit if is_pushing else 0
        # Lengths of the items that were pushed and have no credit yet.
        self._pushed: deque[int] = deque()
        self._pushed_bytes = 0
        self._is_ended = not is_pushing
        self._changed = asyncio.Event()

    def complete(self, result: Any) -> None:
        super().complete(result)
        self._changed.set()

    def fail(self, error: BaseException) -> None:
        super().fail(error)
        self._changed.set()

    def accept(self, item: Any) -> None:
        if len(self._items) >= self._window:
            raise EdgeHostError("internal", "The host sent more items than it has credit for.")
        self._items.append(item)
        self._changed.set()

    def add_credit(self, items: int) -> None:
        self._push_credit = min(self._push_credit + items, _MOST_CREDIT)
        for _ in range(min(items, len(self._pushed))):
            self._pushed_bytes -= self._pushed.popleft()
        self._changed.set()

    async def take(self) -> tuple[bool, Any]:
        """The next item as ``(True, item)``, or ``(False, response)`` at the end; raises what the call failed with."""
        while not self._items:
            if self.outcome.done():
                return False, self.outcome.result()
            await self._wait()
        item = self._items.popleft()
        self._taken += 1
        # Half of the window at once: the host never runs dry, and notifications stay few.
        if self._taken >= (self._window + 1) // 2 and not self.outcome.done():
            self.session.notify("$/credit", self.id, self._taken)
            self._taken = 0
        return True, item

    async def push(self, item: Any) -> None:
        """Sends an item once the host has room for it."""
        data, length = self.session.encode_push(self.id, item)
        while True:
            if self._is_ended:
                raise EdgeHostError("failed_precondition", "Items cannot be pushed to this call after its end.")
            if self.outcome.done():
                self.outcome.result()
                raise EdgeHostError("failed_precondition", "The host ended the call before this item.")
            if self._push_credit > 0 and self._pushed_bytes < self.session.push_bytes:
                break
            await self._wait()
        self._push_credit -= 1
        self._pushed.append(length)
        self._pushed_bytes += length
        await self.session.send(data)

    async def end(self) -> None:
        """Says that no more items come; once."""
        if self._is_ended:
            return
        self._is_ended = True
        self._changed.set()
        if not self.outcome.done():
            await self.session.send_end(self.id)

    async def _wait(self) -> None:
        self._changed.clear()
        await self._changed.wait()
