"""Client of EdgeHost, the AI service host on a person's device.

``edgehost.EdgeHost`` blocks, ``edgehost.aio.EdgeHost`` is for asyncio; both have the same names::

    from edgehost import EdgeHost

    with EdgeHost.connect() as host:
        print(host.vision.recognize_text(open("page.jpg", "rb").read())["text"])
"""

from . import aio
from ._blocking import Call, EdgeHost, Stream
from ._options import CallOptions, Reconnect
from ._endpoint import default_endpoint
from .errors import EdgeHostError

__version__ = "0.1.0"

__all__ = ["Call", "CallOptions", "EdgeHost", "EdgeHostError", "Reconnect", "Stream", "aio", "default_endpoint"]
