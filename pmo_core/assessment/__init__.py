"""Assess records by a standard: `wanted` names what to gather, `assess` judges. Pure (S3 to S9)."""

from pmo_core.assessment.findings import Assessment, Effect, Finding, Reason, Result, Verdict
from pmo_core.assessment.judge import assess, assess_claim
from pmo_core.assessment.wants import Wanted, WantedCheck, wanted

__all__ = [
    "Assessment",
    "Effect",
    "Finding",
    "Reason",
    "Result",
    "Verdict",
    "Wanted",
    "WantedCheck",
    "assess",
    "assess_claim",
    "wanted",
]
