"""The explorer: Streamlit pages (widgets only) over the pure functions in ``views``."""
