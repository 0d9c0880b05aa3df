"""Broken sites by the thousand: each run must end in exit 0 or 1 with findings, and change nothing but its output.

`python -m tests.fuzz --runs 20000 --seed 1` runs as many as wanted and prints how they ended; `make fuzz` does so.
Every site is made from a number, so that one that fails can be made again: `python -m tests.fuzz --only 4711`.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from noticepress.cli import main
from tests import acme

AS_OF = "2023-12-01"

COMMANDS: Sequence[tuple[str, ...]] = (
    ("check",),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("status",),
    ("status", "--format", "json"),
    ("diff", acme.NOTICE),
    ("diff", acme.NOTICE, "--impact"),
    ("diff", acme.NOTICE, "--format", "json"),
    ("release", acme.NOTICE, "--dry-run"),
    ("release", acme.NOTICE),
    ("transitions",),
    ("verify",),
    ("show", acme.NOTICE, "--territory", "US", "--locale", "en"),
    ("translations", "status"),
)
"""What is run on broken sites. All that is read is read by `check`, so it is run most."""

OF_A_HISTORY: Sequence[tuple[str, ...]] = (
    ("correct", acme.NOTICE, acme.SECOND, "--dry-run", "--class", "minor"),
    ("correct", acme.NOTICE, acme.FIRST, "--add", "ja"),
    ("withdraw", acme.NOTICE, acme.SECOND, "--reason", "Not needed."),
    ("withdraw", acme.NOTICE, acme.FIRST, "--text", "americas/en", "--reason", "A court order."),
    ("translations", "update", acme.NOTICE, "es", "--all"),
    ("translations", "export", acme.NOTICE, "es", "--all"),
)
"""What is run as well where versions are sealed."""

WRITES = {"release", "correct", "withdraw", "translations"}
"""Commands that may write, and only these folders of the site."""
OUTPUT = ("content/website/versions/", "content/website/next.yml", "content/website/translations.yml")

YAML_PIECES = (
    "- - - - - - - - - -\n",
    "key: &a [*a, *a]\n",
    "? complex\n: value\n",
    "x: !!python/object/apply:os.system [true]\n",
    "effective: 9999-99-99\n",
    "effective: 2024-02-30\n",
    "effective: 0000-01-01\n",
    "announced: 2024-13-01T25:61:00+99:00\n",
    "class: [material]\n",
    "class: urgent\n",
    "summary: {en: , es: ''}\n",
    "territories: [ZZ, '999', '-US', '', '--']\n",
    "territories: rest\n",
    "zone: Mars/Olympus\n",
    "zone: ../../etc/passwd\n",
    "from: 1e400\n",
    "contacts: {privacy: {street: {a: b}}}\n",
    "legal_name: |\n  two\n  lines\n",
    "legal_name: ''\n",
    "answers_for: [nobody, americas, americas]\n",
    "commitments: [{id: a, channels: {all_of: []}, timing: 99999999999999999999 days}]\n",
    "lead_days: {material: 99999999999}\n",
    "lead_days: {material: 9999}\n",
    "packs: [eu, nowhere, ../eu]\n",
    "severities: {FE05: off, PL01: error, x: info}\n",
    "synonyms: {en: [[], [a], ['', b]]}\n",
    "supplements: website\n",
    "regions: [americas, nowhere]\n",
    "authoritative: {americas: xx, elsewhere: ja}\n",
    "required_locales: [fr, ja, en]\n",
    "succeeds: [americas]\n",
    "representatives: {eu: x, uk: [y]}\n",
    "{" * 60 + "}" * 60 + "\n",
    "a: " + "[" * 30 + "\n",
    "\tkey: tab\n",
    "key: 'open\n",
    "--- \n...\n---\n",
    "%YAML 9.9\n---\n",
    "a: \u2028b\n",
    "# " + "x" * 5000 + "\n",
)

MARKDOWN_PIECES = (
    "{{ contact.nobody }}",
    "{{ entities[99999].legal_name }}",
    "{{ entities.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{% for a in entities %}{% for b in entities %}x{% endfor %}{% endfor %}",
    "{% for i in range(1000000000) %}{{ i }}{% endfor %}",
    "{% if region.id %}",
    "{% endif %}",
    "{% set x = 'a' * 100000000 %}{{ x }}",
    "{{ 2 ** 9999999 }}",
    "{{ link('../../etc/passwd') }}",
    "{% include '/etc/passwd' %}",
    "{# open",
    "{{",
    "}}",
    "# Another title\n",
    "###### Deep {#deep}\n",
    "## {#empty}\n",
    "## Twice {#data}\n",
    "## Odd {#a/b covers='eu:99' lang=xx}\n",
    "> " * 200 + "deep\n",
    "- " * 100 + "deep\n",
    "[" * 500 + "a" + "](b)" * 500,
    "*" * 2000,
    "`" * 999,
    "|a|b|\n|---|\n|" + "x|" * 300 + "\n",
    "[^1]: " + "[^1]" * 200 + "\n",
    "<script>alert(1)</script>\n",
    "<!-- open\n",
    "![x](https://evil.example/x.png)",
    "[](javascript:alert(1))",
    "[here](http://complaints.example/form)",
    "&#0;&#x110000;&amp;\n",
    "\u202eright\u202c \u00a0 \u200b\n",
    "privacy@acme.example 9th March 2012 UserZoom.com INC. is will be\n",
    "a " * 3000 + "\n",
    "word" * 2000 + "\n",
    "\r\r\n\n\r",
    "２０２４年１月１０日 ９９％ 三十日\n",  # noqa: RUF001 - as Japanese is written
    "الخصوصية ١٢٣ " * 50 + "\n",
)

BAD_BYTES = (b"\xff\xfe\x00", b"\x00", b"\xc3\x28", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1b[31m", b"\xf4\x90\x80\x80")

NAMES = (
    "en.md",
    "EN.md",
    "xx.md",
    "es.markdown",
    "next.yaml",
    "notes.txt",
    "..md",
    "-.md",
    "a b.yml",
    "ü.yml",
    "\n.md",
)

EXTRAS = (
    ("waivers.yml", "waivers:\n  - {check: FE05, scope: '*', reason: r, by: b, until: 2024-01-01}\n"),
    ("waivers.yml", "waivers: [{check: XX99, scope: '[', reason: r, by: b, until: 2001-01-01}]\n"),
    ("content/website/processing.yml", "purposes: [{id: a, data: [b]}]\nrecipients: [{id: c, country: US}]\n"),
    ("content/website/processing.yml", "data: [{id: d, source: third-party}]\nfeatures: [subscriptions]\n"),
    ("content/website/translations.yml", "es: {data: {source: " + "0" * 64 + "}, nowhere: {source: x}}\n"),
    ("content/website/translations.yml", "es: {data: {source: " + "0" * 64 + ", state: machine}}\n"),
    ("content/website/correction.yml", "class: editorial\nerrata: [{old: a, new: b, locale: zz, region: nowhere}]\n"),
    ("content/other/notice.yml", "title: Other\nsupplements: website\n"),
    ("content/other/en.md", "# Other\n\n{{ contact.privacy }}\n"),
    ("content/website/versions/2020-01-01/version.yml", "notice: website\n"),
    ("content/website/versions/stray.txt", "x\n"),
    ("content/website/versions/2024-01-10/withdrawn.yml", "notice: website\n"),
)


def damage_text(rng: random.Random, text: str, pieces: Sequence[str]) -> str:
    """One change to a text: lines lost, doubled, moved or cut, pieces put in, characters put in."""
    lines = text.split("\n")
    where = rng.randrange(len(lines))
    match rng.randrange(9):
        case 0:
            del lines[where]
        case 1:
            lines.insert(where, lines[rng.randrange(len(lines))])
        case 2:
            lines[where] = lines[where][: rng.randrange(len(lines[where]) + 1)]
        case 3:
            lines[where] = " " * rng.randrange(1, 9) + lines[where]
        case 4:
            lines.insert(where, rng.choice(pieces))
        case 5:
            at = rng.randrange(len(lines[where]) + 1)
            lines[where] = lines[where][:at] + rng.choice(pieces).strip("\n") + lines[where][at:]
        case 6:
            at = rng.randrange(len(lines[where]) + 1)
            lines[where] = lines[where][:at] + chr(rng.choice((0, 7, 0x85, 0xA0, 0xFEFF, 0x2028, 0xE000, 0x1F600, 34)))
        case 7:
            return "\n".join(lines[:where])
        case _:
            rng.shuffle(lines)
    return "\n".join(lines)


def damage_file(rng: random.Random, path: Path) -> None:  # noqa: C901 - one case after the other
    """One change to a file: mostly to its text, sometimes to its bytes, size or kind."""
    pieces = MARKDOWN_PIECES if path.suffix == ".md" else YAML_PIECES
    if not path.is_file() or path.is_symlink():
        return
    raw = path.read_bytes()
    match rng.randrange(16):
        case 0:
            path.write_bytes(b"")
        case 1:
            at = rng.randrange(len(raw) + 1)
            path.write_bytes(raw[:at] + rng.choice(BAD_BYTES) + raw[at:])
        case 2:
            path.write_bytes(raw.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-8-sig", "utf-32"))))
        case 3:
            path.unlink()
        case 4:
            path.unlink()
            path.mkdir()
        case 5:
            path.unlink()
            path.symlink_to(rng.choice(("/etc/passwd", "../../../../etc/hostname", path.name, "/dev/zero", "..")))
        case 6 if rng.random() < 0.1:
            path.write_bytes(raw * rng.randrange(2, 60))
        case 7:
            path.write_bytes(bytes(rng.randrange(256) for _ in range(rng.randrange(200))))
        case _:
            text = raw.decode("utf-8", "replace")
            for _ in range(rng.randrange(1, 4)):
                text = damage_text(rng, text, pieces)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))


def damage_site(rng: random.Random, site: Path) -> None:
    """One to four changes to a site."""
    for _ in range(rng.randrange(1, 5)):
        files = sorted(path for path in site.rglob("*") if path.is_file())
        match rng.randrange(12):
            case 0:
                name, text = rng.choice(EXTRAS)
                with contextlib.suppress(OSError):
                    acme.write_file(site, name, text)
            case 1:
                folder = site / rng.choice(("content/website", "entities", "content", "."))
                with contextlib.suppress(OSError):
                    (folder / rng.choice(NAMES)).write_text(rng.choice(MARKDOWN_PIECES), "utf-8", "surrogatepass")
            case 2:
                target = site / rng.choice(("content/evil", "entities/evil.yml", "content/website/fr.md"))
                with contextlib.suppress(OSError):
                    target.symlink_to(rng.choice(("/etc", "/etc/passwd", "../..", "nowhere")))
            case _ if files:
                damage_file(rng, rng.choice(files))
            case _:
                pass


def list_state(site: Path) -> dict[str, str]:
    """What everything in a folder is: links by target, files by content."""
    found = {}
    for folder, names, files in os.walk(site):
        for name in (*names, *files):
            path = Path(folder, name)
            key = os.fsencode(path.relative_to(site)).decode("utf-8", "surrogateescape")
            if path.is_symlink():
                found[key] = f"link {path.readlink()}"
            elif path.is_file():
                found[key] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def call(site: Path, command: Sequence[str]) -> tuple[int, str]:
    """Run a command in this process; its exit code and what it told."""
    raw = io.BytesIO()
    told = io.TextIOWrapper(raw, "utf-8", "replace", newline="")
    dated = () if command[0] in {"verify", "translations"} else ("--on" if command[0] == "show" else "--as-of", AS_OF)
    before = sys.argv
    sys.argv = ["noticepress", "--site", str(site), *command, *dated]
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
            code = main()
        told.flush()
        return code, raw.getvalue().decode("utf-8")
    finally:
        sys.argv = before


def run_one(number: int, folder: Path, bases: Sequence[Path]) -> tuple[str, int]:
    """Make broken site `number` and run a command on it; raises AssertionError where that ends as it must not."""
    rng = random.Random(number)  # noqa: S311 - to be made again, not to be unguessable
    site = folder / "site"
    base = rng.choice(bases)
    shutil.copytree(base, site)
    damage_site(rng, site)
    others = [*COMMANDS, *(OF_A_HISTORY if base.name == "released" else ())]
    command = COMMANDS[0] if rng.random() < 0.5 else rng.choice(others)
    before = list_state(folder)
    code, told = call(site, command)
    assert code in {0, 1}, f"exit {code}: {told}"
    assert code != 1 or told.strip(), "exit 1 without a word"
    assert "Traceback" not in told, told
    changed = {path for path, state in (before.items() ^ list_state(folder).items()) if state}
    outside = [
        path for path in changed if command[0] not in WRITES or not path.startswith(tuple(f"site/{o}" for o in OUTPUT))
    ]
    assert not outside, f"changed outside the output: {outside}"
    return " ".join(command), code


def make_small(site: Path) -> None:
    """Acme's site with two of its languages, so that a run is short."""
    acme.make_site(site)
    for locale in ("ja", "ar"):
        (site / f"content/website/{locale}.md").unlink()
    acme.replace_text(site, "mkdocs.yml", "[en, es, ja, ar]", "[en, es]")


def run_many(numbers: Sequence[int], scratch: Path, *, say: Callable[[str], object]) -> tuple[Counter[str], list[str]]:
    """Run broken sites by number; how many ended how, and what failed."""
    templates = {"small": scratch / "small", "released": scratch / "released"}
    make_small(templates["small"])
    acme.make_history(templates["released"])
    bases = (templates["small"], templates["small"], templates["released"])
    ends: Counter[str] = Counter()
    failures: list[str] = []
    started = time.monotonic()
    for count, number in enumerate(numbers, 1):
        folder = Path(tempfile.mkdtemp(dir=scratch))
        try:
            command, code = run_one(number, folder, bases)
            ends[f"{command}: exit {code}"] += 1
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            failures.append(f"site {number}: {traceback.format_exc(limit=-6)}")
            say(failures[-1])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if count % 500 == 0:
            say(f"{count} sites, {len(failures)} failures, {count / (time.monotonic() - started):.0f} a second")
    return ends, failures


def run() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int)
    asked = parser.parse_args()
    numbers = [asked.only] if asked.only is not None else range(asked.seed * 10**6, asked.seed * 10**6 + asked.runs)
    memory = Path("/dev/shm")  # noqa: S108 - a memory disk where there is one
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as scratch:
        ends, failures = run_many(numbers, Path(scratch), say=print)
    for end, count in sorted(ends.items()):
        print(f"{count:7,}  {end}")
    print(f"{len(numbers):,} broken sites, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(run())
