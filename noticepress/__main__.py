"""`python -m noticepress` is `noticepress`."""

from __future__ import annotations

from noticepress.cli import run

if __name__ == "__main__":
    run()
