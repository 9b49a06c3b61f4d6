"""The version of the core, in one place: packaging and assessments (S3.5) read it here."""

VERSION = "0.1.0"
