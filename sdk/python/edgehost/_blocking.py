"""The blocking client: the asyncio client on a thread of its own. Thread-safe."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from types import TracebackType
from typing import Any, AsyncIterator, Coroutine, Iterable, Iterator, Mapping, TypeVar

from . import aio
from ._options import CallOptions, Reconnect
from ._vision import Vision
from .errors import EdgeHostError

T = TypeVar("T")


class EdgeHost:
    """A connection to the host on this device; see :meth:`connect`. Any number of threads may use it at once.

    Use it with ``with``, or call :meth:`close`. A thread that is interrupted (Ctrl+C) in a call stops that call on the host.
    """

    def __init__(self, loop: "_Loop", host: aio.EdgeHost) -> None:
        self._loop = loop
        self._host = host

    @classmethod
    def connect(
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
        """Connects and says hello; arguments and errors as of :meth:`edgehost.aio.EdgeHost.connect`."""
        loop = _Loop()
        try:
            host = loop.run(
                aio.EdgeHost.connect(
                    endpoint=endpoint, app=app, token=token, connect_timeout=connect_timeout, send_timeout=send_timeout,
                    keep_alive=keep_alive, region_threshold=region_threshold, reconnect=reconnect,
                )
            )
            return cls(loop, host)
        except BaseException:
            loop.close()
            raise

    @property
    def host_version(self) -> str:
        """The host's version."""
        return self._host.host_version

    @property
    def session(self) -> str:
        """This connection's name in the host's log."""
        return self._host.session

    @property
    def limits(self) -> dict[str, Any]:
        """The limits that the host announced."""
        return self._host.limits

    @property
    def grants(self) -> list[str]:
        """What this app may call; ``*`` is everything."""
        return self._host.grants

    @property
    def going_away(self) -> EdgeHostError | None:
        """Why the host takes no new calls on this connection, or None while it does."""
        return self._host.going_away

    @property
    def vision(self) -> Vision:
        """What is in a picture."""
        return Vision(self)

    def call(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any) -> Any:
        """Calls a method once and returns its response, a dict; as :meth:`edgehost.aio.EdgeHost.call`."""
        return self._loop.run(self._host.call(method, body, options=options, **fields))

    def stream(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any) -> "Stream":
        """Calls a method that answers with items: ``for item in host.stream(...)``. Leaving it with ``with`` stops the call."""
        return Stream(self._loop, self._host.stream(method, body, options=options, **fields))

    def open(self, method: str, body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any) -> "Call":
        """Calls a method that takes items: ``with host.open(...) as call``, then push, end and iterate."""
        return Call(self._loop, self._host.open(method, body, options=options, **fields))

    def duplex(
        self, method: str, items: Iterable[Any], body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any
    ) -> Iterator[Any]:
        """Pushes all of ``items`` and yields what comes back meanwhile. ``items`` is read on a thread of its own."""
        answers = self._host.duplex(method, _on_threads(items), body, options=options, **fields)
        try:
            while True:
                try:
                    yield self._loop.run(answers.__anext__())  # type: ignore[arg-type]
                except StopAsyncIteration:
                    return
        finally:
            self._loop.run(answers.aclose())  # type: ignore[attr-defined]

    def upload(
        self, method: str, items: Iterable[Any], body: Mapping[str, Any] | None = None, /, *, options: CallOptions | None = None, **fields: Any
    ) -> Any:
        """Pushes all of ``items`` to a client stream and returns the response. ``items`` is read on a thread of its own."""
        return self._loop.run(self._host.upload(method, _on_threads(items), body, options=options, **fields))

    def ping(self, payload: bytes = b"") -> int:
        """Asks the host for a sign of life; returns the number of bytes it received."""
        return self._loop.run(self._host.ping(payload))

    def capabilities(self) -> list[dict[str, Any]]:
        """Lists the methods of the host, with their schemas and examples."""
        return self._loop.run(self._host.capabilities())

    def close(self) -> None:
        """Ends the connection and the thread. Calls under way fail as ``unavailable``. A second time nothing happens."""
        if not self._loop.is_closed:
            try:
                self._loop.run(self._host.close())
            finally:
                self._loop.close()

    def __enter__(self) -> "EdgeHost":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class Stream:
    """The items of a call, then its response. For one reader; :meth:`cancel` may be called by any thread."""

    def __init__(self, loop: "_Loop", stream: aio.Stream) -> None:
        self._loop = loop
        self._stream = stream

    def __iter__(self) -> "Stream":
        return self

    def __next__(self) -> Any:
        try:
            return self._loop.run(self._stream.__anext__())
        except StopAsyncIteration:
            raise StopIteration from None

    def response(self) -> Any:
        """Waits for the response that ends the call. Items that were not taken are dropped."""
        return self._loop.run(self._stream.response())

    def cancel(self) -> None:
        """Stops the call on the host; a reader that waits gets ``cancelled``. Nothing happens to a call that has ended."""
        self._loop.post(self._stream.cancel)

    def __enter__(self):  # type: ignore[no-untyped-def]
        self._loop.run(self._stream.__aenter__())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.cancel()


class Call(Stream):
    """A call that takes items, and may give some back. One thread may push while another reads."""

    _stream: aio.Call

    def __init__(self, loop: "_Loop", call: aio.Call) -> None:
        super().__init__(loop, call)

    def push(self, item: Any) -> None:
        """Sends an item; waits while the host has no room for it. Raises what the call failed with, if it did."""
        self._loop.run(self._stream.push(item))

    def end(self) -> None:
        """Says that no more items come. Iterating or :meth:`response` then give the rest. A second time nothing happens."""
        self._loop.run(self._stream.end())


class _Loop:
    """An event loop on a daemon thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="edgehost", daemon=True)
        self._thread.start()
        self._gate = threading.Lock()
        self.is_closed = False

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("The blocking client was called from its own callback; do that on another thread.")
        if self.is_closed:
            work.close()
            raise EdgeHostError("unavailable", "The client was closed.")
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except concurrent.futures.CancelledError:
            raise EdgeHostError("unavailable", "The client was closed.") from None
        except BaseException:
            future.cancel()
            raise

    def post(self, action: Any) -> None:
        if not self.is_closed:
            self._loop.call_soon_threadsafe(action)

    def close(self) -> None:
        with self._gate:
            if self.is_closed:
                return
            self.is_closed = True
        asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._loop.shutdown_asyncgens()
        self._loop.call_soon(self._loop.stop)


async def _on_threads(items: Iterable[Any]) -> AsyncIterator[Any]:
    # Reading an iterable may block (a microphone); the loop must not.
    source = iter(items)
    end = object()
    loop = asyncio.get_running_loop()
    while (item := await loop.run_in_executor(None, next, source, end)) is not end:
        yield item
