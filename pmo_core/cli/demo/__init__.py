"""The tour: the office of one city with five projects, and the command that walks through it."""
