"""The command line, from a checkout: `python site_build.py COMMAND` is `noticepress COMMAND`."""

from __future__ import annotations

import sys

from noticepress.cli import main

if __name__ == "__main__":
    sys.exit(main())
