"""Gets models onto the device and shows how far it is: python3 pull_models.py ocr-det ocr-rec"""

import sys

from edgehost import EdgeHost, EdgeHostError


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with EdgeHost.connect() as host, host.stream("models.pull", models=sys.argv[1:]) as progress:
            for step in progress:
                print(f"{step['model']}: {step['phase']}, {step.get('bytes_done', 0)} of {step.get('bytes_total') or '?'} bytes")
            for model in progress.response()["models"]:
                print(f"{model['id']}: {model['state']}")
        return 0
    except EdgeHostError as e:
        print(f"{e.code}: {e.message}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
