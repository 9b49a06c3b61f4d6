"""Standards as data: each folder `ID/VERSION/` here is one released standard, and holds no code."""
