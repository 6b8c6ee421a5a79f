"""Counts words while they are typed: python3 count_live.py, with the plugin samples/WordTools in the host"""

import asyncio
import sys
from typing import AsyncIterator

from edgehost import EdgeHostError
from edgehost.aio import EdgeHost


async def pieces() -> AsyncIterator[dict[str, str]]:
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        yield {"text": line}


async def main() -> int:
    try:
        async with await EdgeHost.connect() as host:
            async for count in host.duplex("wordtools.count_live", pieces()):
                print(f"{count['words']} words, {count['characters']} characters", flush=True)
        return 0
    except EdgeHostError as e:
        print(f"{e.code}: {e.message}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
