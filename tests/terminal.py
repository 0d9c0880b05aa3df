"""Commands in a terminal: run in this process or in one of their own, and what they leave on the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from noticepress.cli import main
from noticepress.schemas import output_schemas

ROOT = Path(__file__).parent.parent
THEN = "2024-03-01"
"""A day on which the first version is in force and the second is not announced."""


@dataclass(frozen=True)
class Run:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in this process, as from a prompt."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: object) -> Run:
        self.monkeypatch.setattr(sys, "argv", ["noticepress", *map(str, words)])
        code = main()
        out, err = self.capsys.readouterr()
        assert "Traceback" not in out + err
        return Run(code, out, err)

    def read_json(self, schema: str, *words: object, code: int = 0) -> Any:  # noqa: ANN401 - any plain data
        """What a command prints as JSON, held against its published schema; it prints nothing else."""
        found = self(*words, "--format", "json")
        assert (found.code, found.err) == (code, "")
        data = json.loads(found.out)
        Draft202012Validator(output_schemas()[schema]).validate(data)
        return data


def start(words: Sequence[object], **environment: str) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "site_build.py"), *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
