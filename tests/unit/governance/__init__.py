"""What governance decides, tested without an office: commands, events and states as values."""
