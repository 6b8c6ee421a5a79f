"""Looks at what a message that is not complete yet claims to have, so that nobody waits for what no frame can hold."""

from __future__ import annotations

from .errors import EdgeHostError


def _skips() -> list[int]:
    """By a value's first byte: how many bytes it has, where the byte says so; 0 where a length or count follows it."""
    skips = [1] * 256
    for tag in range(0xA0, 0xC0):
        skips[tag] = 1 + (tag & 0x1F)
    for tag, size in {0xCA: 5, 0xCB: 9, 0xCC: 2, 0xCD: 3, 0xCE: 5, 0xCF: 9, 0xD0: 2, 0xD1: 3, 0xD2: 5, 0xD3: 9}.items():
        skips[tag] = size
    for power, tag in enumerate(range(0xD4, 0xD9)):
        skips[tag] = 2 + (1 << power)
    for tag in _CLAIMS:
        skips[tag] = 0
    return skips


# Bytes of the length or count, bytes between it and the content, and how many bytes one of it takes at least; content that is values is not skipped.
_CLAIMS: dict[int, tuple[int, int, int, bool]] = {
    0xC4: (1, 0, 1, True), 0xC5: (2, 0, 1, True), 0xC6: (4, 0, 1, True),
    0xC7: (1, 1, 1, True), 0xC8: (2, 1, 1, True), 0xC9: (4, 1, 1, True),
    0xD9: (1, 0, 1, True), 0xDA: (2, 0, 1, True), 0xDB: (4, 0, 1, True),
    0xDC: (2, 0, 1, False), 0xDD: (4, 0, 1, False), 0xDE: (2, 0, 2, False), 0xDF: (4, 0, 2, False),
}
_SKIPS = _skips()


class ClaimScanner:
    """Walks the values of one frame as its bytes come. Containers need no stack: their elements are the values that follow."""

    def __init__(self, max_frame_bytes: int) -> None:
        self._most = max_frame_bytes
        self.reset()

    def reset(self) -> None:
        """The next bytes begin a frame."""
        self._seen = 0
        self._skip = 0
        self._rest = b""

    def feed(self, data: bytes | memoryview) -> None:
        """Looks at the next bytes of the frame; raises :class:`EdgeHostError` for a length or count that cannot fit into it."""
        if self._rest:
            data = self._rest + bytes(data)
            self._seen -= len(self._rest)
            self._rest = b""
        end = len(data)
        position = self._skip
        while position < end:
            tag = data[position]
            skip = _SKIPS[tag]
            if skip == 0:
                width, between, least, is_content = _CLAIMS[tag]
                content = position + 1 + width
                if content > end:
                    self._rest = bytes(data[position:])
                    position = end
                    break
                claimed = int.from_bytes(data[position + 1 : content], "big")
                content += between
                if self._seen + content + claimed * least > self._most:
                    raise EdgeHostError("unavailable", f"The host sent a message that claims more than the {self._most} bytes of a frame.")
                position = content + (claimed if is_content else 0)
            else:
                position += skip
        self._skip = position - end
        self._seen += end
