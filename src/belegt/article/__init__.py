"""Articles as text: places in them, and fingerprints of places."""
