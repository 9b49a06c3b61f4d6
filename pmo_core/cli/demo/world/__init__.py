"""The office of the City of Brindal, as it is on Tue 24 Nov 2026."""
