"""Citations in a text: find them, link them to works, and find what carries none."""
