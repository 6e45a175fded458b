"""Reading a stranger's file in a process of its own, with a limit on its time and memory.

The readers have limits themselves, all but the library that reads PDF. Every file that is uploaded
to the page is read like this, on the command line every PDF: a file that makes a parser run wild
ends its own process alone.
"""

import pickle
import subprocess
import sys
from contextlib import suppress
from typing import Final

from belegt.article.limits import ArticleError
from belegt.article.read import is_pdf, read_article
from belegt.article.records import Article

#: How long reading a file may take, and how much memory the process may ask for.
SECONDS: Final = 30
MEGABYTES: Final = 1_000


def read_confined(
    data: bytes, name: str, *, seconds: float = SECONDS, megabytes: int = MEGABYTES
) -> Article:
    """Read an article in a process of its own.

    Args:
        data: The bytes of the file.
        name: Its name.
        seconds: When reading takes longer than this, the file is refused.
        megabytes: The most memory the process may take (where the system can limit it).

    Returns:
        The article, as ``read_article`` gives it.

    Raises:
        ArticleError: When the file is refused as a whole; ``article-too-slow`` when time or memory
            ran out.
    """
    command = [sys.executable, "-m", "belegt.article.confined", name, str(megabytes)]
    try:
        done = subprocess.run(  # noqa: S603  # our own module; the name is an argument, no shell
            command, input=data, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError("article-too-slow", f"{seconds:g} s") from error
    except ValueError as error:  # a NUL in the name
        raise ArticleError("article-unreadable", str(error)) from error
    if done.returncode:
        raise ArticleError("article-too-slow", f"{megabytes:,} MB")
    # The bytes come from our own process below, over a pipe nobody else can write to.
    answer = pickle.loads(done.stdout)  # noqa: S301
    if isinstance(answer, Article):
        return answer
    raise ArticleError(*answer)


def read_guarded(data: bytes, name: str) -> Article:
    """Read an article, a PDF in a process of its own.

    PDF is read by a library in another language, which no limit of ours reaches: a hostile file may
    take all memory or end the process. The other readers keep their limits themselves.

    Args:
        data: The bytes of the file.
        name: Its name.

    Returns:
        The article.

    Raises:
        ArticleError: When the file is refused as a whole.
    """
    return (read_confined if is_pdf(data) else read_article)(data, name)


def _answer(data: bytes, name: str) -> Article | tuple[str, str]:
    try:
        return read_article(data, name)
    except ArticleError as error:
        return error.code, error.detail


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource  # noqa: PLC0415  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000,) * 2)


def main() -> None:
    """Read the file on standard input and write the answer to standard output."""
    _, name, megabytes = sys.argv
    _limit_memory(int(megabytes))
    sys.stdout.buffer.write(pickle.dumps(_answer(sys.stdin.buffer.read(), name)))


if __name__ == "__main__":
    main()
