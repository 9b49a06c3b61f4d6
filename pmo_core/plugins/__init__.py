"""Plugins: the hooks they implement, how they are loaded, and what keeps each to itself."""
