"""The password of everybody in the made-up county. It opens nothing else: production has none of its users."""

PASSWORD = "ovning-i-samordna"  # noqa: S105
