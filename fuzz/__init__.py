"""Fuzzing of what reads bytes from outside; see ``make fuzz`` and :mod:`fuzz.__main__`.

Each module here but ``__main__`` is a target: ``SEEDS`` to begin from, and ``one(data)``, which raises only where
claimkit does what it must not. ``tests/test_fuzz.py`` tries them on every push, without atheris.
"""
