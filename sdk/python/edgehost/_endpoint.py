"""Where the host of this user listens."""

from __future__ import annotations

import getpass
import os
import re
import sys
import tempfile


def default_endpoint() -> str:
    """The path of the host's socket, by the order of docs/protocol.md."""
    configured = os.environ.get("EDGEHOST_ENDPOINT")
    if configured:
        return configured
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime:
        return os.path.join(runtime, "edgehost", "edgehost.sock")
    return os.path.join(tempfile.gettempdir(), f"edgehost-{getpass.getuser()}", "edgehost.sock")


def default_app_name() -> str:
    """The program's name, with the characters that an app's name cannot have replaced."""
    name = os.path.splitext(os.path.basename(sys.argv[0] or "python"))[0].lower()
    return re.sub(r"[^a-z0-9._-]", "-", name)[:128] or "python"


def check_app_name(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9._-]{1,128}", name):
        raise ValueError(f"'{name}' is not an app's name: 1 to 128 characters of a-z 0-9 . _ -")
    return name
