"""The client for asyncio. One client belongs to one event loop; within it any number of tasks may use it at once."""

from __future__ import annotations

import asyncio
import logging
import time
from types import TracebackType
from typing import Any, AsyncIterable, AsyncIterator, Iterable, Mapping

from ._calls import StreamCall
from ._endpoint import check_app_name, default_app_name, default_endpoint
from ._options import CallOptions, ConnectionOptions, Reconnect, merge_fields
from ._session import Session
from ._vision import AsyncVision
from .errors import EdgeHostError

__all__ = ["Call", "EdgeHost", "Stream"]

_NO_OPTIONS = CallOptions()
_log = logging.getLogger("edgehost")


class EdgeHost:
    """A connection to the host on this device; see :meth:`connect`. Use it with ``async with``, or call :meth:`close`."""

    def __init__(self, options: ConnectionOptions, session: Session) -> None:
        self._options = options
        self._session = session
        self._is_closed = False
        self._coming_back: asyncio.Task[Session] | None = None
        self._watcher = asyncio.ensure_future(self._watch(session)) if options.reconnect else None

    @classmethod
    async def connect(
        cls,
        *,
        endpoint: str | None = None,
        app: str | None = None,
        token: str | None = None,
        connect_timeout: float = 5.0,
        send_timeout: float = 10.0,
        keep_alive: float = 30.0,
        region_threshold: int | None = 64 * 1024,
        reconnect: bool | Reconnect = False,
    ) -> "EdgeHost":
        """Connects and says hello.

        ``endpoint``: the socket's path; by default the user's own host. ``app``: the app's name, 1 to 128 of ``a-z 0-9 . _ -``; by default
        the program's. ``token``: what proves the name to hosts that ask. ``connect_timeout``: seconds for connecting and hello.
        ``send_timeout``: the connection is lost when the host takes nothing for so many seconds. ``keep_alive``: a call that waits for so many
        seconds without a byte from the host makes the client ping; as long again without an answer and the connection is lost; 0 for never.
        ``region_threshold``: binaries of requests from so many bytes on go through shared memory where the host offers it; None for never.
        ``reconnect``: come back by itself when the connection is lost; calls under way fail as ``unavailable``, except those with an
        idempotency key, which are sent again.

        Raises :class:`EdgeHostError`: ``unavailable`` if no host runs or answers, ``permission_denied`` if the socket belongs to another user,
        or what the host says to hello.
        """
        options = ConnectionOptions(
            endpoint=endpoint or default_endpoint(),
            app=check_app_name(app or default_app_name()),
            token=token,
            connect_timeout=connect_timeout,
            send_timeout=send_timeout,
            keep_alive=keep_alive,
            region_threshold=region_threshold,
            reconnect=(reconnect if isinstance(reconnect, Reconnect) else Reconnect()) if reconnect else None,
        )
        return cls(options, await Session.connect(options))

    @property
    def host_version(self) -> str:
        """The host's version."""
        return self._session.host_version

    @property
    def session(self) -> str:
        """This connection's name in the host's log."""
        return self._session.session_id

    @property
    def limits(self) -> dict[str, Any]:
        """The limits that the host announced."""
        return dict(self._session.limits)

    @property
    def grants(self) -> list[str]:
        """What this app may call; ``*`` is everything."""
        return list(self._session.grants)

    @property
    def going_away(self) -> EdgeHostError | None:
        """Why the host takes no new calls on this connection, or None while it does."""
        return self._session.going_away

    @property
    def vision(self) -> AsyncVision:
        """What is in a picture."""
        return AsyncVision(self)

    async def call(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any) -> Any:
        """Calls a method once and returns its response, a dict.

        The request is ``body`` with the keyword fields over it (a field named ``options`` goes into ``body``). Binaries must stay unchanged
        until the call ends. Cancelling the task stops the call on the host. Raises :class:`EdgeHostError`.
        """
        options = options or _NO_OPTIONS
        request = merge_fields(body, fields)
        began = time.monotonic()
        left = options
        while True:
            session = await self._usable()
            try:
                return await session.call(method, request, left)
            except EdgeHostError as e:
                if not self._may_repeat(e, options, session):
                    raise
                left = options.after(time.monotonic() - began)
                if e.details.get("not_run") == "true":
                    continue  # The host refused it because it stops: it did not begin.

                # A host that was started anew has forgotten the key, and the call may have run.
                if not session.instance or (await self._usable()).instance != session.instance:
                    raise

    def stream(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any) -> "Stream":
        """Calls a method that answers with items: ``async for item in host.stream(...)``. The call begins with the iteration.

        Leaving the loop early does not stop the call by itself: use ``async with host.stream(...) as items`` or :meth:`Stream.cancel`.
        """
        return Stream(self, method, merge_fields(body, fields), options or _NO_OPTIONS)

    def open(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any) -> "Call":
        """Calls a method that takes items (client stream or duplex): ``async with host.open(...) as call``, then push, end and iterate."""
        return Call(self, method, merge_fields(body, fields), options or _NO_OPTIONS)

    async def duplex(
        self,
        method: str,
        items: AsyncIterable[Any] | Iterable[Any],
        body: Mapping[str, Any] | None = None,
        /,
        *,
        options: CallOptions | None = None,
        **fields: Any,
    ) -> AsyncIterator[Any]:
        """Pushes all of ``items`` and yields what comes back meanwhile. An error of ``items`` stops the call and is raised here."""
        async with self.open(method, body, options=options, **fields) as call:
            pushing = asyncio.ensure_future(_push_all(call, items))
            pushing.add_done_callback(lambda p: p.cancelled() or p.exception())
            try:
                async for item in call:
                    yield item
                if pushing.done():  # Otherwise the host has ended the call before it had all items, which it may.
                    await pushing
            except EdgeHostError as e:
                # Items that fail take the call back; what they failed with says more than that.
                if e.code == "cancelled" and pushing.done() and not pushing.cancelled() and pushing.exception() is not None:
                    await pushing
                raise
            finally:
                pushing.cancel()

    async def upload(
        self,
        method: str,
        items: AsyncIterable[Any] | Iterable[Any],
        body: Mapping[str, Any] | None = None,
        /,
        *,
        options: CallOptions | None = None,
        **fields: Any,
    ) -> Any:
        """Pushes all of ``items`` to a client stream and returns the response."""
        async with self.open(method, body, options=options, **fields) as call:
            await _push_all(call, items)
            return await call.response()

    async def ping(self, payload: bytes = b"") -> int:
        """Asks the host for a sign of life; returns the number of bytes it received."""
        return int((await self.call("host.ping", payload=payload))["bytes"])

    async def capabilities(self) -> list[dict[str, Any]]:
        """Lists the methods of the host, with their schemas and examples."""
        return list((await self.call("host.capabilities"))["capabilities"])

    async def wait_closed(self) -> None:
        """Waits until the connection has ended, for whatever reason."""
        await asyncio.shield(self._session.closed)

    async def close(self) -> None:
        """Ends the connection. Calls under way fail as ``unavailable``; the host cancels them."""
        self._is_closed = True
        for task in (self._watcher, self._coming_back):
            if task is not None:
                task.cancel()
        await self._session.close()

    async def __aenter__(self) -> "EdgeHost":
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def _begin(self, method: str, body: Any, options: CallOptions, is_pushing: bool) -> StreamCall:
        session = await self._usable()
        call = StreamCall(session, options, is_pushing)
        await session.begin(call, method, body)
        return call

    async def _usable(self) -> Session:
        if self._is_closed or self._session.is_usable or self._options.reconnect is None:
            return self._session
        return await asyncio.shield(self._come_back())

    def _may_repeat(self, error: EdgeHostError, options: CallOptions, session: Session) -> bool:
        # An error that the host gave as an answer is an answer; only what the loss of the connection took may be asked for again.
        return (
            self._options.reconnect is not None
            and not self._is_closed
            and (options.idempotency_key is not None or error.details.get("not_run") == "true")
            and error.code == "unavailable"
            and not session.is_usable
        )

    def _come_back(self) -> asyncio.Task[Session]:
        if self._coming_back is None or self._coming_back.done():
            self._coming_back = asyncio.ensure_future(self._reconnect())
            self._coming_back.add_done_callback(lambda t: t.cancelled() or t.exception())
        return self._coming_back

    async def _reconnect(self) -> Session:
        policy = self._options.reconnect
        assert policy is not None
        if self._session.is_usable:
            return self._session
        delays = policy.delays()
        loop = asyncio.get_running_loop()
        end = loop.time() + policy.give_up_after
        _log.info("The connection to the host was lost; coming back.")
        while True:
            try:
                self._session = await Session.connect(self._options)
                _log.info("Connected to the host again, session %s.", self._session.session_id)
                self._watcher = asyncio.ensure_future(self._watch(self._session))
                return self._session
            except EdgeHostError as e:
                delay = delays.take((e.retry_after_ms or 0) / 1000)
                if not e.is_transient or loop.time() + delay > end:
                    _log.warning("The host did not come back: %s", e.message)
                    raise
            await asyncio.sleep(delay)

    async def _watch(self, session: Session) -> None:
        # Comes back at once rather than with the next call, so that the next call need not wait.
        await session.leaving.wait()
        if not self._is_closed:
            self._come_back()


class Stream:
    """The items of a call, then its response. For one reader."""

    _is_pushing = False

    def __init__(self, host: EdgeHost, method: str, body: Any, options: CallOptions) -> None:
        self._host = host
        self._method = method
        self._body = body
        self._options = options
        self._call: StreamCall | None = None

    def __aiter__(self) -> "Stream":
        return self

    async def __anext__(self) -> Any:
        call = await self._begun()
        try:
            has_item, value = await call.take()
        except asyncio.CancelledError:
            call.session.abandon(call)
            raise
        if not has_item:
            raise StopAsyncIteration
        return value

    async def response(self) -> Any:
        """Waits for the response that ends the call. Items that were not taken are dropped."""
        call = await self._begun()
        while (await call.take())[0]:
            pass
        return call.outcome.result()

    def cancel(self) -> None:
        """Stops the call on the host; a reader that waits gets ``cancelled``. Nothing happens to a call that has ended."""
        if self._call is not None:
            self._call.session.abandon(self._call)

    async def __aenter__(self):  # type: ignore[no-untyped-def]
        await self._begun()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.cancel()

    async def _begun(self) -> StreamCall:
        if self._call is None:
            self._call = await self._host._begin(self._method, self._body, self._options, self._is_pushing)
        return self._call


class Call(Stream):
    """A call that takes items, and may give some back. One task may push while another reads."""

    _is_pushing = True

    async def push(self, item: Any) -> None:
        """Sends an item; waits while the host has no room for it. Raises what the call failed with, if it did."""
        await (await self._begun()).push(item)

    async def end(self) -> None:
        """Says that no more items come. Iterating or :meth:`response` then give the rest. A second time nothing happens."""
        await (await self._begun()).end()


async def _push_all(call: Call, items: AsyncIterable[Any] | Iterable[Any]) -> None:
    try:
        if isinstance(items, AsyncIterable):
            async for item in items:
                await call.push(item)
        else:
            for item in items:
                await call.push(item)
    except EdgeHostError as e:
        if e.code != "failed_precondition":  # The host may end a call before it has all items; its response says why.
            raise
    except Exception:
        call.cancel()
        raise
    await call.end()
