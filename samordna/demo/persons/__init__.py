"""The individuals of the made-up county: numbers that nobody has, names that nobody known has."""
