"""What all tests share: hypothesis draws the same examples each time, and has no deadline.

The machines that run the tests are shared, so that a wall clock says little. `PMO_EXPLORE=1` draws
new examples, for those who look for faults.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "pmo",
    deadline=None,
    derandomize="PMO_EXPLORE" not in os.environ,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("pmo")
