"""The yardsticks: the least that Django can do for pages of these kinds. Nothing of the system is in it."""
