"""The front door, and the only place that reads files, the clock and the environment."""
