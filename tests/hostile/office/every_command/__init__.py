"""Every command of an office, in surroundings that are wrong in every way."""
