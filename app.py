"""``streamlit run app.py``: the explorer on the knowledge base in this folder."""

from pathlib import Path

from belegt.ui.app import run

run(Path(__file__).parent)
