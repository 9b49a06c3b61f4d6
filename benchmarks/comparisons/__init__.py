"""What pmo costs, each time beside a peer that does the same work in the same run."""
