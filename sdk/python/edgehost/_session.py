"""One connection from hello to its end. It does not come back once lost. Everything runs on one event loop."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import struct
from typing import Any

from . import _codec
from ._calls import PendingCall, StreamCall
from ._options import CallOptions, ConnectionOptions
from ._regions import Regions
from .errors import EdgeHostError

PROTOCOL_VERSION = 1
CLIENT_NAME = "edgehost-python/0.1.0"
_DEFAULT_FRAME_BYTES = 64 * 1024 * 1024
_DEFAULT_CREDIT = 16
_DEFAULT_CALLS = 256
_DEFAULT_PUSH_BYTES = 8 * 1024 * 1024
_NO_OPTIONS = CallOptions()
_log = logging.getLogger("edgehost")


class Session(asyncio.Protocol):
    """See :meth:`connect`. ``credit``, ``limits``, ``grants`` and ``host_version`` are what the host said in hello."""

    def __init__(self, options: ConnectionOptions) -> None:
        self.loop = asyncio.get_running_loop()
        self.host_version = ""
        self.session_id = ""
        self.instance = ""  # Names this run of the host: another one has forgotten idempotency keys. Empty from hosts that do not say.
        self.limits: dict[str, Any] = {}
        self.grants: list[str] = []
        self.credit = _DEFAULT_CREDIT
        self.push_bytes = _DEFAULT_PUSH_BYTES
        self.host_process_id = 0
        self.going_away: EdgeHostError | None = None
        self.closed: asyncio.Future[None] = self.loop.create_future()
        self.leaving = asyncio.Event()
        self._options = options
        self._transport: asyncio.Transport | None = None
        self._decoder = _codec.Decoder(_DEFAULT_FRAME_BYTES)
        self._frame_bytes = _DEFAULT_FRAME_BYTES
        self._calls: dict[int, PendingCall] = {}
        self._last_id = 0
        self._places = asyncio.Semaphore(_DEFAULT_CALLS)
        self._writable = asyncio.Event()
        self._writable.set()
        self._stall_timer: asyncio.TimerHandle | None = None
        self._alive_timer: asyncio.TimerHandle | None = None
        self._heard = True
        self._ping: PendingCall | None = None
        self._end: EdgeHostError | None = None
        self.regions = Regions(self, None, 0, 0)

    @classmethod
    async def connect(cls, options: ConnectionOptions) -> "Session":
        """Connects and says hello; raises :class:`EdgeHostError`."""
        session = cls(options)
        try:
            await asyncio.wait_for(session._start(), options.connect_timeout)
            return session
        except (asyncio.TimeoutError, TimeoutError) as e:
            raise EdgeHostError("unavailable", f"The host did not answer within {options.connect_timeout:g} s. See `edgehost doctor`.") from e
        finally:
            if not session.host_version:
                session.abort(EdgeHostError("unavailable", "The client did not connect."))

    @property
    def is_usable(self) -> bool:
        """Whether new calls may be made on it."""
        return self._end is None and self.going_away is None

    async def call(self, method: str, body: Any, options: CallOptions) -> Any:
        """Calls a method once. Cancelling the task stops the call on the host."""
        call = PendingCall(self, options)
        await self.begin(call, method, body)
        return await self.finish(call)

    async def invoke(self, method: str, body: Any, *, has_place: bool = True) -> Any:
        """Calls a method of the host itself; without a place it is not counted among the app's calls."""
        call = PendingCall(self, _NO_OPTIONS)
        call.holds_place = has_place
        await self.begin(call, method, body)
        return await self.finish(call)

    async def begin(self, call: PendingCall, method: str, body: Any) -> None:
        """Sends the request of a call. If this raises, nothing is under way."""
        if call.holds_place:
            await self._places.acquire()
        try:
            try:
                body = await self.regions.place(body, call.slots)
            except RecursionError as e:
                raise EdgeHostError("invalid_argument", "The body is nested too deep.") from e
            await self._writable.wait()
            self._check_usable()
            call.id = self._next_id()
            context = call.options.to_wire()
            data = _codec.encode([_codec.REQUEST, call.id, method, [body, context] if context else [body]])
            if len(data) > self._frame_bytes:
                raise EdgeHostError("invalid_argument", f"The request has {len(data)} bytes; the host takes at most {self._frame_bytes}. Send less at once.")
            self._calls[call.id] = call
        except BaseException:
            self._release(call)
            raise
        self._transport.write(data)  # type: ignore[union-attr]

    async def finish(self, call: PendingCall) -> Any:
        try:
            return await asyncio.shield(call.outcome)
        except asyncio.CancelledError:
            self.abandon(call)
            raise

    def abandon(self, call: PendingCall) -> None:
        """Stops a call on the host; its id, its place and its regions stay taken until the host has answered."""
        if call.is_abandoned or self._calls.get(call.id) is not call:
            return
        call.is_abandoned = True
        self.notify("$/cancel", call.id)
        call.fail(EdgeHostError("cancelled", "The call was cancelled."))

    def encode_push(self, call_id: int, item: Any) -> tuple[bytes, int]:
        """Encodes an item that is pushed to a call; returns the message and the length of the item alone."""
        data = _codec.encode([_codec.NOTIFICATION, "$/push", [call_id, item]])
        if len(data) > self._frame_bytes:
            raise EdgeHostError("invalid_argument", f"The message has {len(data)} bytes; the host takes at most {self._frame_bytes}.")
        # Nil is one byte long.
        return data, len(data) - len(_codec.encode([_codec.NOTIFICATION, "$/push", [call_id, None]])) + 1

    async def send(self, data: bytes) -> None:
        """Sends a message when the socket takes it."""
        await self._writable.wait()
        if self._end is not None:
            raise self._end.again()
        self._transport.write(data)  # type: ignore[union-attr]

    async def send_end(self, call_id: int) -> None:
        """Says that no more items of a call come."""
        await self.send(_codec.encode([_codec.NOTIFICATION, "$/end", [call_id]]))

    def notify(self, method: str, *params: Any) -> None:
        """Sends a small notification without waiting; nothing happens on a connection that has ended."""
        if self._end is None:
            self._transport.write(_codec.encode([_codec.NOTIFICATION, method, list(params)]))  # type: ignore[union-attr]

    async def close(self) -> None:
        """Ends the connection; calls under way fail as ``unavailable`` and the host cancels them."""
        self.abort(EdgeHostError("unavailable", "The client was closed."))
        await asyncio.shield(self.closed)

    def abort(self, error: EdgeHostError) -> None:
        self._finish_with(error)
        if self._transport is not None:
            self._transport.abort()
        elif not self.closed.done():
            self.closed.set_result(None)

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("socket")
        if peer is not None and hasattr(socket, "SO_PEERCRED"):
            self.host_process_id = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]

    def data_received(self, data: bytes) -> None:
        self._heard = True
        try:
            for message in self._decoder.feed(data):
                self._on_message(message)
        except EdgeHostError as e:
            self.abort(e)

    def connection_lost(self, exc: BaseException | None) -> None:
        if isinstance(exc, OSError):
            self._finish_with(EdgeHostError("unavailable", f"The connection to the host was lost: {exc.strerror or exc}."))
        self._finish_with(EdgeHostError("unavailable", "The host closed the connection."))
        if not self.closed.done():
            self.closed.set_result(None)

    def pause_writing(self) -> None:
        self._writable.clear()
        waiting = self._transport.get_write_buffer_size()  # type: ignore[union-attr]
        self._stall_timer = self.loop.call_later(self._options.send_timeout, self._check_stall, waiting)

    def resume_writing(self) -> None:
        self._writable.set()
        if self._stall_timer is not None:
            self._stall_timer.cancel()

    # The rest.

    async def _start(self) -> None:
        try:
            await self.loop.create_unix_connection(lambda: self, self._options.endpoint)
        except OSError as e:
            raise self._explain(e) from e
        hello: dict[str, Any] = {"protocol": PROTOCOL_VERSION, "app": self._options.app, "client": CLIENT_NAME}
        if self._options.token is not None:
            hello["token"] = self._options.token
        answer = await self.invoke("host.hello", hello)
        if not isinstance(answer, dict) or not isinstance(answer.get("host_version"), str):
            raise EdgeHostError("internal", "The host's answer to hello is not readable.")
        self.session_id = str(answer.get("session", ""))
        self.instance = str(answer.get("instance", ""))
        limits = answer.get("limits")
        self.limits = limits if isinstance(limits, dict) else {}
        self.grants = [g for g in answer.get("grants") or [] if isinstance(g, str)]
        self.credit = _positive(answer.get("credit"), _DEFAULT_CREDIT)
        self.push_bytes = _positive(self.limits.get("push_bytes"), _DEFAULT_PUSH_BYTES)
        self._frame_bytes = _positive(self.limits.get("frame_bytes"), _DEFAULT_FRAME_BYTES)
        self._places = asyncio.Semaphore(_positive(self.limits.get("in_flight_calls"), _DEFAULT_CALLS))
        self.regions = Regions(
            self, self._options.region_threshold, _positive(self.limits.get("region_bytes"), 0), _positive(self.limits.get("regions"), 0))
        self.host_version = answer["host_version"]
        if self._options.keep_alive > 0:
            self._alive_timer = self.loop.call_later(self._options.keep_alive, self._check_alive)

    def _explain(self, e: OSError) -> EdgeHostError:
        endpoint = self._options.endpoint
        if e.errno in (errno.EACCES, errno.EPERM):
            return EdgeHostError("permission_denied", f"The host at '{endpoint}' belongs to another user.")
        if e.errno is None or e.errno == errno.ENAMETOOLONG:
            return EdgeHostError("invalid_argument", f"The endpoint '{endpoint}' is too long for a socket; choose a shorter one.")
        return EdgeHostError("unavailable", f"No host runs at '{endpoint}'. Start one with `edgehost serve`.")

    def _on_message(self, message: list[Any]) -> None:
        if message[0] == _codec.RESPONSE:
            call = self._calls.pop(message[1], None)
            if call is None:
                return
            self._release(call)
            if message[2] is None:
                call.complete(message[3])
            else:
                call.fail(EdgeHostError.from_wire(message[2]))
            return
        name, params = message[1], message[2]
        if name == "$/going_away":
            self.going_away = EdgeHostError.from_wire(params[0] if params else None)
            self.leaving.set()
            _log.info("The host takes no new calls: %s", self.going_away.message)
        elif len(params) >= 2 and isinstance(params[0], int) and (call := self._calls.get(params[0])) is not None:
            self._on_call_notification(call, name, params[1])

    def _on_call_notification(self, call: PendingCall, name: str, value: Any) -> None:
        if call.is_abandoned:
            return
        if name == "$/item":
            try:
                call.accept(value)
            except EdgeHostError as e:
                self.abandon_with(call, e)
        elif name == "$/credit" and isinstance(value, int) and value > 0:
            call.add_credit(value)
        elif name == "$/info":
            call.info = value

    def abandon_with(self, call: PendingCall, error: EdgeHostError) -> None:
        call.fail(error)
        self.abandon(call)

    def _check_usable(self) -> None:
        refusal = self._end or self.going_away
        if refusal is not None:
            raise EdgeHostError("unavailable", refusal.message)

    def _next_id(self) -> int:
        while True:
            self._last_id = (self._last_id + 1) & 0xFFFFFFFF
            if self._last_id not in self._calls:
                return self._last_id

    def _release(self, call: PendingCall) -> None:
        if call.holds_place:
            self._places.release()
        for slot in call.slots:
            slot.release()
        call.slots = []

    def _finish_with(self, error: EdgeHostError) -> None:
        if self._end is not None:
            return
        self._end = self.going_away or error
        for timer in (self._stall_timer, self._alive_timer):
            if timer is not None:
                timer.cancel()
        self.leaving.set()
        self._writable.set()
        calls, self._calls = self._calls, {}
        for call in calls.values():
            call.slots = []
            self._release(call)
            call.fail(EdgeHostError("unavailable", self._end.message))
        self.regions.close()

    def _check_stall(self, waiting: int) -> None:
        now = self._transport.get_write_buffer_size()  # type: ignore[union-attr]
        if now >= waiting:
            self.abort(EdgeHostError("unavailable", f"The host took nothing for {self._options.send_timeout:g} s."))
        else:
            self._stall_timer = self.loop.call_later(self._options.send_timeout, self._check_stall, now)

    def _check_alive(self) -> None:
        if self._calls and not self._heard:
            if self._ping is not None and self._calls.get(self._ping.id) is self._ping:
                self.abort(EdgeHostError("unavailable", f"The host answered nothing for {2 * self._options.keep_alive:g} s."))
                return
            self._send_ping()
        self._heard = False
        self._alive_timer = self.loop.call_later(self._options.keep_alive, self._check_alive)

    def _send_ping(self) -> None:
        ping = PendingCall(self, _NO_OPTIONS)
        ping.holds_place = False
        ping.id = self._next_id()
        self._ping = self._calls[ping.id] = ping
        self._transport.write(_codec.encode([_codec.REQUEST, ping.id, "host.ping", [{}]]))  # type: ignore[union-attr]


def _positive(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else otherwise
