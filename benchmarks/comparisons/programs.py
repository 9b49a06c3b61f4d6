"""The programs of the environment that runs the benchmarks."""

from __future__ import annotations

import sysconfig
from pathlib import Path

_SCRIPTS = Path(sysconfig.get_path("scripts"))
PMO = _SCRIPTS / "pmo"
CHECK_JSONSCHEMA = _SCRIPTS / "check-jsonschema"
