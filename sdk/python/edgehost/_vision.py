"""What is in a picture."""

from __future__ import annotations

from typing import TypedDict

from ._callers import AsyncCaller, Caller
from ._options import CallOptions


class Point(TypedDict):
    """Pixels from the picture's top left corner."""

    x: float
    y: float


class Box(TypedDict):
    """An upright rectangle, in pixels from the picture's top left corner."""

    x: float
    y: float
    width: float
    height: float


class TextLine(TypedDict):
    """A line of text: what it says, how sure (0 to 1), its four corners clockwise from the top left of the text."""

    text: str
    confidence: float
    polygon: list[Point]


class RecognizedText(TypedDict):
    """``text``: all lines in reading order; ``width`` and ``height``: of the picture, in pixels."""

    text: str
    lines: list[TextLine]
    width: int
    height: int
    models: list[str]


class Landmark(TypedDict):
    """A named point of a face, in pixels."""

    name: str
    x: float
    y: float


class Face(TypedDict):
    """A face: how sure (0 to 1), where, and its points."""

    confidence: float
    box: Box
    landmarks: list[Landmark]


class DetectedFaces(TypedDict):
    """The faces, the surest first; ``width`` and ``height``: of the picture, in pixels."""

    faces: list[Face]
    width: int
    height: int
    models: list[str]


def _faces(image: bytes, range: str | None, min_confidence: float | None, max_results: int | None) -> dict[str, object]:
    fields = {"image": image, "range": range, "min_confidence": min_confidence, "max_results": max_results}
    return {name: value for name, value in fields.items() if value is not None}


class AsyncVision:
    """The vision capabilities. ``image``: the bytes of a PNG, JPEG, WebP or BMP file. Raises EdgeHostError as any call."""

    def __init__(self, host: AsyncCaller) -> None:
        self._host = host

    async def recognize_text(self, image: bytes, *, options: CallOptions | None = None) -> RecognizedText:
        """Reads the text in a picture."""
        return await self._host.call("vision.recognize_text", {"image": image}, options=options)  # type: ignore[no-any-return]

    async def detect_faces(
        self, image: bytes, *, range: str | None = None, min_confidence: float | None = None, max_results: int | None = None,
        options: CallOptions | None = None,
    ) -> DetectedFaces:
        """Finds faces. ``range``: ``auto``, ``near`` or ``far``; ``min_confidence``: 0 to 1; ``max_results``: 1 or more."""
        return await self._host.call("vision.detect_faces", _faces(image, range, min_confidence, max_results), options=options)  # type: ignore[no-any-return]


class Vision:
    """The vision capabilities. ``image``: the bytes of a PNG, JPEG, WebP or BMP file. Raises EdgeHostError as any call."""

    def __init__(self, host: Caller) -> None:
        self._host = host

    def recognize_text(self, image: bytes, *, options: CallOptions | None = None) -> RecognizedText:
        """Reads the text in a picture."""
        return self._host.call("vision.recognize_text", {"image": image}, options=options)  # type: ignore[no-any-return]

    def detect_faces(
        self, image: bytes, *, range: str | None = None, min_confidence: float | None = None, max_results: int | None = None,
        options: CallOptions | None = None,
    ) -> DetectedFaces:
        """Finds faces. ``range``: ``auto``, ``near`` or ``far``; ``min_confidence``: 0 to 1; ``max_results``: 1 or more."""
        return self._host.call("vision.detect_faces", _faces(image, range, min_confidence, max_results), options=options)  # type: ignore[no-any-return]
