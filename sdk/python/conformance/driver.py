"""Does what a conformance case tells a client to do; see sdk/conformance/README.md."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

import msgpack

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from edgehost import CallOptions, EdgeHostError, Reconnect  # noqa: E402
from edgehost.aio import EdgeHost  # noqa: E402

_SHORTEST_REPEAT = 1024


def from_notation(value: Any) -> Any:
    if isinstance(value, list):
        return [from_notation(v) for v in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        form, what = next(iter(value.items()))
        if form == "$bin":
            return bytes.fromhex(what)
        if form == "$bin_repeat":
            return bytes.fromhex(what[0]) * what[1]
        if form == "$str_repeat":
            return what[0] * what[1]
        if form == "$int":
            return int(what)
        if form == "$float":
            return float(what)
    return {k: from_notation(v) for k, v in value.items()}


def to_notation(value: Any) -> Any:
    if isinstance(value, bytes):
        if len(value) >= _SHORTEST_REPEAT and value == value[:1] * len(value):
            return {"$bin_repeat": [value[:1].hex(), len(value)]}
        return {"$bin": value.hex()}
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) > 1 << 53:
        return {"$int": str(value)}
    if isinstance(value, float):
        return {"$float": value}
    if isinstance(value, msgpack.ExtType):
        return {"$ext": [value.code, value.data.hex()]}
    if isinstance(value, (list, tuple)):
        return [to_notation(v) for v in value]
    if isinstance(value, dict):
        return {str(k): to_notation(v) for k, v in value.items()}
    return value


def tell(of: str, event: str, **facts: Any) -> None:
    sys.stdout.write(json.dumps({"of": of, "event": event, **facts}) + "\n")
    sys.stdout.flush()


def tell_error(of: str, error: BaseException) -> None:
    if isinstance(error, EdgeHostError):
        tell(of, "error", code=error.code, message=error.message, retry_after_ms=error.retry_after_ms, details=error.details)
    elif isinstance(error, asyncio.CancelledError):
        tell(of, "error", code="cancelled", message="")
    else:
        tell(of, "error", code=type(error).__name__, message=str(error))


class Driver:
    def __init__(self) -> None:
        self.connections: dict[str, EdgeHost] = {}
        self.calls: dict[str, Any] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def spawn(self, work: Any) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def run(self, command: dict[str, Any]) -> None:
        what = command["do"]
        if what == "reset":
            for connection in self.connections.values():
                await connection.close()
            for task in list(self.tasks):
                task.cancel()
            self.connections.clear()
            self.calls.clear()
            tell("reset", "done")
        elif what == "connect":
            self.spawn(self.connect(command))
        elif what == "call":
            self.calls[command["as"]] = self.spawn(self.call(command))
        elif what in ("stream", "open"):
            host = self.connections[command["on"]]
            start = host.stream if what == "stream" else host.open
            self.calls[command["as"]] = start(command["method"], from_notation(command["body"]), options=self.options(command))
        elif what == "take":
            self.spawn(self.take(command["of"]))
        elif what == "push":
            self.spawn(self.push(command["of"], from_notation(command["item"])))
        elif what == "end":
            self.spawn(self.calls[command["of"]].end())
        elif what == "cancel":
            call = self.calls[command["of"]]
            call.cancel()
            if not isinstance(call, asyncio.Task):
                self.spawn(self.take(command["of"]))
        elif what == "close":
            await self.connections[command["of"]].close()
            tell(command["of"], "closed")
        elif what == "await_closed":
            self.spawn(self.await_closed(command["of"]))
        else:
            tell(command.get("of", "?"), "unsupported")

    async def connect(self, command: dict[str, Any]) -> None:
        name = command["as"]
        try:
            host = await EdgeHost.connect(
                endpoint=command["endpoint"], app=command["app"], token=command.get("token"), connect_timeout=30, keep_alive=command.get("keep_alive_ms", 30_000) / 1000,
                reconnect=Reconnect(first_delay=0.02) if command.get("reconnect") else False)
        except EdgeHostError as e:
            tell_error(name, e)
            return
        self.connections[name] = host
        tell(name, "connected", host_version=host.host_version, session=host.session)

    async def call(self, command: dict[str, Any]) -> None:
        try:
            result = await self.connections[command["on"]].call(command["method"], from_notation(command["body"]), options=self.options(command))
            tell(command["as"], "result", value=to_notation(result))
        except (Exception, asyncio.CancelledError) as e:
            tell_error(command["as"], e)

    async def take(self, name: str) -> None:
        call = self.calls[name]
        try:
            try:
                item = await call.__anext__()
            except StopAsyncIteration:
                tell(name, "result", value=to_notation(await call.response()))
                return
            tell(name, "item", value=to_notation(item))
        except (Exception, asyncio.CancelledError) as e:
            tell_error(name, e)

    async def push(self, name: str, item: Any) -> None:
        try:
            await self.calls[name].push(item)
            tell(name, "pushed")
        except (Exception, asyncio.CancelledError) as e:
            tell_error(name, e)

    async def await_closed(self, name: str) -> None:
        await self.connections[name].wait_closed()
        tell(name, "closed")

    def options(self, command: dict[str, Any]) -> CallOptions:
        context = dict(command.get("context") or {})
        deadline = context.pop("deadline_ms", None)
        on_info = (lambda info: tell(command["as"], "info", value=to_notation(info))) if context.pop("explain", False) else None
        return CallOptions(deadline=None if deadline is None else deadline / 1000, on_info=on_info, **context)


async def main() -> None:
    driver = Driver()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        await driver.run(json.loads(line))


asyncio.run(main())
