"""Pages of the address book, the tree and the settings."""
