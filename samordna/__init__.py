"""Samordna: units of a county plan one person's care together."""

__version__ = "0.1.0"
