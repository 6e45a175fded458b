"""Every word the pages say by themselves, in German and English.

The data's own words (kinds, statuses, verdicts) stand in ``belegt.vocabulary``; what the files say
is shown as it is written. A test reads the pages and fails on a key that is missing here.
"""

from typing import Final

from belegt.ui.words import browsing, checking, frame, picture, writing
from belegt.vocabulary import LANGUAGES, Language

WORDS: Final = frame.WORDS | browsing.WORDS | picture.WORDS | writing.WORDS | checking.WORDS


def say(key: str, language: Language, /, **values: object) -> str:
    """Return a word or sentence of the pages in the reader's language.

    Args:
        key: Its key in ``WORDS``.
        language: ``"de"`` or ``"en"``.
        **values: What to put in place of ``{name}``.

    Returns:
        The text.

    Raises:
        KeyError: When there is no such key.
    """
    text = WORDS[key][LANGUAGES.index(language)]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
