"""Where a project stands, and which gates are ahead of it. Pure (S11)."""
