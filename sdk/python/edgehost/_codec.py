"""Bytes to messages and back."""

from __future__ import annotations

from typing import Any, Iterator

import msgpack

from ._claims import ClaimScanner
from .errors import EdgeHostError

REQUEST, RESPONSE, NOTIFICATION = 0, 1, 2
REGION_EXTENSION = 1
_CHUNK_ROOM = 1 << 20


class Decoder:
    """Finds the messages in what arrives. The unpacker goes on where it stopped, so a large frame is read once. For one thread."""

    def __init__(self, max_frame_bytes: int) -> None:
        self._unpacker = msgpack.Unpacker(
            raw=False,
            strict_map_key=False,
            max_buffer_size=max_frame_bytes + _CHUNK_ROOM,
            max_str_len=max_frame_bytes,
            max_bin_len=max_frame_bytes,
            max_ext_len=max_frame_bytes,
            max_array_len=max_frame_bytes,
            max_map_len=max_frame_bytes // 2,
        )
        self._claims = ClaimScanner(max_frame_bytes)
        self._fed = 0
        self._frame_begin = 0

    def feed(self, data: bytes | bytearray | memoryview) -> Iterator[list[Any]]:
        """Yields the messages that are complete now.

        Raises :class:`EdgeHostError` for bytes that are no message; nothing after them can be read.
        """
        try:
            before = self._fed
            self._unpacker.feed(data)
            self._fed += len(data)
            for message in self._unpacker:
                self._frame_begin = self._unpacker.tell()
                yield _checked(message)
            self._look_ahead(memoryview(data), before)
        except EdgeHostError:
            raise
        except Exception as e:  # The library has no common base for what it finds wrong.
            raise EdgeHostError("unavailable", f"The host sent what is not MessagePack or exceeds the limits: {e}") from e

    # Only at frames that come in several pieces; most are complete at once.
    def _look_ahead(self, data: memoryview, before: int) -> None:
        if self._frame_begin >= before:
            self._claims.reset()
        if self._frame_begin < self._fed:
            self._claims.feed(data[max(0, self._frame_begin - before) :])


def encode(message: list[Any]) -> bytes:
    """Encodes a message; raises :class:`EdgeHostError` for values that MessagePack has no form for."""
    try:
        packed = msgpack.packb(message, use_bin_type=True)
    except (TypeError, ValueError, OverflowError, RecursionError) as e:
        raise EdgeHostError("invalid_argument", f"The body cannot be sent as MessagePack: {e}") from e
    assert packed is not None
    return packed


def _checked(message: Any) -> list[Any]:
    if isinstance(message, list) and message:
        kind = message[0]
        if kind == RESPONSE and len(message) == 4 and _is_id(message[1]):
            return message
        if kind == NOTIFICATION and len(message) == 3 and isinstance(message[1], str) and isinstance(message[2], list):
            return message
    raise EdgeHostError("unavailable", "The host sent what is neither a response nor a notification.")


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 0xFFFFFFFF
