"""Words for people and formats for machines, made from codes and parameters."""
