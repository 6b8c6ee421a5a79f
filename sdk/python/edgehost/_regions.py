"""Shared memory of a connection: large binaries of requests go through it instead of the socket."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import mmap
import os
import struct
from dataclasses import dataclass
from typing import Any, Protocol

import msgpack

from ._codec import REGION_EXTENSION
from .errors import EdgeHostError

_ALIGNMENT = 64
_LEAST_REGION = 8 * 1024 * 1024
_F_GET_SEALS = 1034
_F_SEAL_SHRINK = 2
_log = logging.getLogger("edgehost")


@dataclass(frozen=True)
class Slot:
    """A piece of a region that belongs to one call until its response."""

    region: "Region"
    offset: int
    length: int

    def release(self) -> None:
        self.region.release(self)

    def to_wire(self, length: int) -> msgpack.ExtType:
        return msgpack.ExtType(REGION_EXTENSION, struct.pack(">IQI", self.region.id, self.offset, length))


class Region:
    """One mapping with its free pieces, first fit."""

    def __init__(self, region: int, memory: mmap.mmap) -> None:
        self.id = region
        self.memory = memory
        self._free: list[tuple[int, int]] = [(0, len(memory))]

    def place(self, data: memoryview) -> Slot | None:
        needed = -(-data.nbytes // _ALIGNMENT) * _ALIGNMENT
        for i, (offset, length) in enumerate(self._free):
            if length >= needed:
                rest = (offset + needed, length - needed)
                self._free[i : i + 1] = [rest] if rest[1] > 0 else []
                self.memory[offset : offset + data.nbytes] = data  # type: ignore[index]
                return Slot(self, offset, needed)
        return None

    def release(self, slot: Slot) -> None:
        merged: list[tuple[int, int]] = []
        for offset, length in sorted([*self._free, (slot.offset, slot.length)]):
            if merged and sum(merged[-1]) == offset:
                merged[-1] = (merged[-1][0], merged[-1][1] + length)
            else:
                merged.append((offset, length))
        self._free = merged


class RegionHost(Protocol):
    """What regions need of their connection."""

    host_process_id: int

    async def invoke(self, method: str, body: Any, *, has_place: bool = True) -> Any:
        """Calls a method of the host itself."""


class Regions:
    """All regions of one connection. Where they cannot be had, everything goes over the socket, silently."""

    def __init__(self, session: RegionHost, threshold: int | None, most_bytes: int, most_regions: int) -> None:
        self._session = session
        self._threshold = threshold
        self._bytes_left = most_bytes
        self._regions_left = most_regions
        self._regions: list[Region] = []
        self._opening = asyncio.Lock()

    async def place(self, body: Any, slots: list[Slot]) -> Any:
        """The body with its large binaries put into regions; their places are added to ``slots``."""
        if self._threshold is None or (self._regions_left <= 0 and not self._regions):
            return body
        if isinstance(body, dict):
            if any(self._concerns(v) for v in body.values()):
                return {k: await self.place(v, slots) for k, v in body.items()}
        elif isinstance(body, (list, tuple)):
            if any(self._concerns(v) for v in body):
                return [await self.place(v, slots) for v in body]
        elif isinstance(body, (bytes, bytearray, memoryview)):
            view = memoryview(body)
            if view.nbytes >= self._threshold and view.c_contiguous:
                slot = await self._find(view.cast("B"))
                if slot is not None:
                    slots.append(slot)
                    return slot.to_wire(view.nbytes)
        return body

    def close(self) -> None:
        self._regions_left = 0
        regions, self._regions = self._regions, []
        for region in regions:
            try:
                region.memory.close()
            except BufferError:  # Somebody still looks at it; it goes with the last view.
                pass

    def _concerns(self, value: Any) -> bool:
        if isinstance(value, (bytes, bytearray, memoryview)):
            return memoryview(value).nbytes >= (self._threshold or 0)
        return isinstance(value, (dict, list, tuple))

    async def _find(self, data: memoryview) -> Slot | None:
        slot = self._place(data)
        if slot is None and self._regions_left > 0:
            async with self._opening:
                slot = self._place(data)
                if slot is None and self._regions_left > 0 and data.nbytes <= self._bytes_left:
                    await self._open(min(max(data.nbytes + _ALIGNMENT, _LEAST_REGION), self._bytes_left))
                    slot = self._place(data)
        return slot

    def _place(self, data: memoryview) -> Slot | None:
        for region in self._regions:
            slot = region.place(data)
            if slot is not None:
                return slot
        return None

    async def _open(self, size: int) -> None:
        region: Any = None
        try:
            answer = await self._session.invoke("host.open_region", {"bytes": size}, has_place=False)
            region, granted = int(answer["region"]), int(answer["bytes"])
            memory = _map(answer["path"], granted, self._session.host_process_id)
            self._regions.append(Region(region, memory))
            self._bytes_left -= granted
            self._regions_left -= 1
        except (EdgeHostError, OSError, KeyError, TypeError, ValueError) as e:
            _log.debug("Large payloads go over the socket: %s", e)
            self._regions_left = 0
            if region is not None:
                try:
                    await self._session.invoke("host.close_region", {"region": region}, has_place=False)
                except EdgeHostError:
                    pass


def _map(path: str, size: int, process_id: int) -> mmap.mmap:
    # In a container the number may be another process's. The kernel says who is at the other end of the socket, and only a sealed
    # memory file of just this size is what the host made.
    if process_id <= 0 or not path.startswith(f"/proc/{process_id}/fd/"):
        raise ValueError(f"'{path}' does not belong to the host's process {process_id}")
    fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        if not fcntl.fcntl(fd, _F_GET_SEALS) & _F_SEAL_SHRINK or os.fstat(fd).st_size != size:
            raise ValueError(f"'{path}' is not a sealed region of {size} bytes")
        return mmap.mmap(fd, size)
    finally:
        os.close(fd)
