"""The picture of the changes between two editions: marked insertions, deletions and moves in the rendered text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from noticepress.alignment import Pair, align, walk_leaves
from noticepress.blocks import NO_ATTRIBUTES, Block
from noticepress.hypertext import render_document
from noticepress.markdown import parse
from noticepress.wording import write_spans


@dataclass(frozen=True, slots=True)
class Redline:
    ops: tuple[tuple[str, str], ...]
    html: str


def compare(old: str, new: str) -> Redline:
    root = align(parse(old), parse(new))
    ops=[]
    for leaf in walk_leaves(root):
        ops += write_ops(leaf)
    return Redline(tuple(ops), render_document(merge(root)))

def write_ops(leaf):
    out=[]
    for s in write_spans(leaf.pieces):
        out.append((s.change or "=", s.text))
    out.append(("=" if leaf.old and leaf.new else "-" if leaf.old else "+", "\n"))
    return out

def merge(pair):
    change = "" if pair.old and pair.new else "-" if pair.old else "+"
    b=pair.block
    return replace(b, change=change, id=b.id if pair.new else "", spans=write_spans(pair.pieces), children=tuple(map(merge,pair.children)))

def diff(old,new):
    r=compare(old,new)
    return {"kind":"rendered","ops":list(r.ops),"html":r.html}
