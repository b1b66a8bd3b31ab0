"""Words of the command line as text: UTF-8 in any locale; bytes that are none become U+FFFD, as in articles."""

from __future__ import annotations


def as_text(argument: str) -> str:
    r"""Give an argument as text that can be written as UTF-8.

    Python keeps bytes that are not of the locale's encoding as lone surrogates, which no JSON can hold.

    >>> as_text("caf\udcc3\udca9"), as_text("caf\udce9")
    ('café', 'caf�')
    """
    try:
        argument.encode("utf-8")
    except UnicodeEncodeError:
        return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return argument
