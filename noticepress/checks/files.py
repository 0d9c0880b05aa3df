"""Findings that are met while files are read: they belong to no group of checks, and are told before all of them."""

from __future__ import annotations

from collections.abc import Iterator

from noticepress.checks.check import Check
from noticepress.checks.desk import Desk
from noticepress.errors import Problem


def _find_nothing(_: Desk) -> Iterator[Problem]:
    """Whoever reads a file tells of it; by now nothing is left to find."""
    return iter(())


FILE_CHECKS = (
    Check(
        "TEXT",
        "error",
        _find_nothing,
        "A file that is missing, not UTF-8, too large, outside the site, or holds control characters.",
        "A file that programs read differently says different things to different readers.",
        wrong="content/website/es.md saved as Latin-1",
        right="the same file saved as UTF-8",
    ),
    Check(
        "LOOK",
        "error",
        _find_nothing,
        "A logo that is missing, too large or does more than draw, and own words for a message that does not exist.",
        "What owners change must not run code in readers' browsers, nor lose what a page has to say.",
        wrong='words: {en: {"All notice": Our notices}}',
        right='words: {en: {"All notices": Our notices}}',
    ),
    Check(
        "WAIVER",
        "error",
        _find_nothing,
        "A waiver that has expired or names no check, or a setting that makes an error less without a waiver.",
        "An exception that nobody decides on again becomes the rule.",
        wrong="until: 2020-01-01",
        right="until: a day to come, or no waiver because the text is mended",
    ),
    Check(
        "YAML",
        "error",
        _find_nothing,
        "A YAML file that cannot be read, a repeated or unknown key, a value of the wrong kind.",
        "What is misread is misstated.",
        wrong="effective: 9 March 2012",
        right="effective: 2012-03-09",
    ),
)
