"""Prints the text of a picture: python3 read_text.py page.jpg"""

import sys

from edgehost import CallOptions, EdgeHost, EdgeHostError


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with EdgeHost.connect() as host, open(sys.argv[1], "rb") as picture:
            page = host.vision.recognize_text(picture.read(), options=CallOptions(deadline=30, priority="interactive"))
            print(page["text"])
        return 0
    except EdgeHostError as e:
        print(f"{e.code}: {e.message}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
