"""What a host sends with each kind of page and file, as `_headers` says.

python -m tests.everyone.headers [DIR]
"""

from __future__ import annotations

import sys

from tests.everyone.hosting import find_headers, read_rules
from tests.everyone.sites import Built, open_sites

WANTED = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "X-DNS-Prefetch-Control",
)


def find_header_faults(built: Built) -> list[str]:
    """What a page is sent without, or with and should not be."""
    rules = read_rules(built.folder)
    faults = []
    for page in built.pages:
        sent = find_headers(rules, f"/{page.path}")
        faults += [f"/{page.path}: no {name}" for name in WANTED if name not in sent]
        policy = sent.get("Content-Security-Policy", "")
        faults += [f"/{page.path}: {word} in the policy" for word in ("unsafe", "http", "*") if word in policy]
        text = (built.folder / page.file).read_text(encoding="utf-8")
        if 'http-equiv="Content-Security-Policy"' not in text:
            faults.append(f"/{page.path}: the page itself has no policy")
        if sent.get("X-Robots-Tag") == "noindex" and 'name="robots" content="noindex"' not in text:
            faults.append(f"/{page.path}: noindex as a header only")
    return faults


def main() -> int:
    """Print the headers of each kind of page, and what is wrong."""
    worst = 0
    with open_sites(__doc__) as sites:
        for built in sites:
            rules = read_rules(built.folder)
            print(f"{built.name}: {len(built.pages)} pages")
            shown = {page.kind: page for page in reversed(built.pages)}
            for kind, page in sorted(shown.items()):
                print(f"  {kind} (/{page.path})")
                for name, value in sorted(find_headers(rules, f"/{page.path}").items()):
                    print(f"    {name}: {value}")
            faults = find_header_faults(built)
            print(f"  {len(faults)} faults")
            print("".join(f"    {fault}\n" for fault in faults), end="")
            worst |= bool(faults)
    return worst


if __name__ == "__main__":
    sys.exit(main())
