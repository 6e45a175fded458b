"""Exchange: references and graphs out to the tools people use, and back in."""
