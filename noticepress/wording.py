"""Words of a notice text, and what became of them: one leaf against another.

Punctuation stands apart from words; white space belongs to the word after it. Scripts that are written without spaces
are cut into words by ICU.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from icu4py.breakers import WordBreaker
from rapidfuzz.distance import LCSseq

from noticepress.blocks import Block, Change, Mark, Span

Op = Literal["=", "-", "+", "<", ">"]
"""Equal, deleted, inserted, moved away from here, moved to here."""

LEAST_SURVIVING = 0.3
"""When a smaller part of a leaf's words survives, the leaf is shown replaced as a whole."""

CHARACTERS_PER_WORD = 2.5
"""So many characters of a script without spaces say as much as a word of another."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Marks that belong to a word, though `\w` leaves them out: combining marks, and the vowel signs of India's scripts.
_JOINED = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff"
)
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?P<number>\d+(?:[.,]\d+)+(?![\w{_JOINED}]))"
    rf"|(?P<word>(?:(?![{_UNSPACED}])[\w{_JOINED}])+(?:['\u2019](?:(?![{_UNSPACED}])[\w{_JOINED}])+)*)|."
)
_UNSPACED_TOKEN = re.compile(rf"[{_UNSPACED}]")
_CODE_TOKEN = re.compile(r"\w+|\s|.", re.DOTALL)
SENTENCE_ENDS = frozenset(".!?\u3002\uff01\uff1f\u0964")
_CLAUSE_ENDS = frozenset(",;:)\u3001\uff0c\uff1b\uff1a\uff09")


class Token(NamedTuple):
    """A word or a sign, and whether a space stands before it.

    `text` is what is seen of it, without that space. `runs` are its parts, each with the span it was cut from: more
    than one where emphasis changes within. `code` is one character that stands for everything a reader can tell apart.
    `words` counts as readers do, so that a word of an unspaced script counts each of its characters.
    """

    text: str
    runs: tuple[tuple[str, Span], ...]
    space: bool
    words: int
    code: str


@dataclass(slots=True)
class Piece:
    """A stretch of tokens with one fate. `peer` names the section that moved tokens come from or go to."""

    op: Op
    tokens: list[Token]
    peer: str = ""


class Vocabulary:
    """One token for each thing a reader can tell apart, shared by the two texts that are compared."""

    def __init__(self) -> None:
        self._codes: dict[object, str] = {}
        self._tokens: dict[object, Token] = {}
        self._leaves: dict[tuple[bool, tuple[Span, ...]], list[Token]] = {}

    def encode(self, key: object) -> str:
        """The character that stands for the key."""
        code = self._codes.get(key)
        if code is None:
            number = len(self._codes) + 0x20
            # Halves of surrogate pairs are no characters, and no text is long enough to reach the last one.
            code = self._codes[key] = chr(number if number < 0xD800 else number + 0x800)  # noqa: PLR2004
        return code

    def read_tokens(self, leaf: Block) -> list[Token]:
        """The tokens of a leaf, in order."""
        key = (leaf.kind == "code", leaf.spans)
        known = self._leaves.get(key)
        if known is None:
            known = self._leaves[key] = self._cut_tokens(leaf)
        return known

    def _cut_tokens(self, leaf: Block) -> list[Token]:
        tokens: list[Token] = []
        space, tail = True, False
        for span in leaf.spans:
            if span.hard_break or span.footnote or span.image:
                space = space and not span.hard_break
                tokens.append(self._find_token(span.text, span, space, "sign"))
                space, tail = span.hard_break, False
                continue
            for text, kind in _split_text(span.text, code=leaf.kind == "code"):
                if kind == "space":
                    space, tail = True, False
                elif tail and kind == "word" and not space:
                    tokens.append(self._extend_token(tokens.pop(), text, span))
                else:
                    tokens.append(self._find_token(text, span, space, kind))
                    space, tail = False, kind == "word"
        return tokens

    def _find_token(self, text: str, span: Span, space: bool, kind: str) -> Token:  # noqa: FBT001  called for every word
        key = (text, space, span.marks, span.footnote, span.image, span.hard_break)
        token = self._tokens.get(key)
        if token is None:
            token = self._tokens[key] = Token(text, ((text, span),), space, _count_words(text, kind), self.encode(key))
        return token

    def _extend_token(self, token: Token, text: str, span: Span) -> Token:
        runs = (*token.runs, (text, span))
        code = self.encode((token.space, *((run, origin.marks) for run, origin in runs)))
        return Token(token.text + text, runs, token.space, 1, code)


def _count_words(text: str, kind: str) -> int:
    return len(text) if kind == "unspaced" else int(kind in {"word", "number"})


def _split_text(text: str, *, code: bool) -> Iterator[tuple[str, str]]:
    if code:
        # White space is part of code: it is compared like anything else.
        yield from ((match[0], "word" if match[0].isalnum() else "sign") for match in _CODE_TOKEN.finditer(text))
        return
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "unspaced":
            yield from ((word, kind) for word in _split_unspaced(match[0]))
        else:
            yield match[0], kind


@lru_cache(maxsize=8192)
def _split_unspaced(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in WordBreaker(text, "root").segments())


def count_words(tokens: Iterable[Token]) -> int:
    """How many words a reader counts."""
    return sum(token.words for token in tokens)


def is_unspaced(token: Token) -> bool:
    """Whether a token is written in a script without spaces."""
    return _UNSPACED_TOKEN.match(token.text) is not None


def weigh_words(tokens: Iterable[Token]) -> float:
    """How much the tokens say, in words of a script with spaces: the same in every language, near enough."""
    return sum(token.words / (CHARACTERS_PER_WORD if is_unspaced(token) else 1) for token in tokens)


# ---- one leaf against another


def compare_words(old: Sequence[Token], new: Sequence[Token]) -> list[Piece]:
    """What became of the words of a leaf: pieces `=`, `-` and `+`, in reading order, readable rather than fewest."""
    before, after = "".join(token.code for token in old), "".join(token.code for token in new)
    if before == after:
        return [Piece("=", list(new))] if new else []
    stretches = _absorb_islands(_slide(_match(before, after), before, after, new, old), old, new)
    surviving = sum(count_words(new[s.new_start : s.new_end]) for s in stretches if s.equal)
    if surviving < LEAST_SURVIVING * min(count_words(old), count_words(new)):
        stretches = [_Stretch(0, len(old), 0, len(new), equal=False)]
    pieces: list[Piece] = []
    for stretch in stretches:
        if stretch.equal:
            pieces.append(Piece("=", list(new[stretch.new_start : stretch.new_end])))
        else:
            pieces.append(Piece("-", list(old[stretch.old_start : stretch.old_end])))
            pieces.append(Piece("+", list(new[stretch.new_start : stretch.new_end])))
    return [piece for piece in pieces if piece.tokens]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Tokens that are equal, or that replace each other."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    equal: bool


def _match(before: str, after: str) -> list[_Stretch]:
    """Stretches by longest common subsequence, equal and changed in turn."""
    stretches: list[_Stretch] = []
    for op in LCSseq.opcodes(before, after):
        stretch = _Stretch(op.src_start, op.src_end, op.dest_start, op.dest_end, equal=op.tag == "equal")
        stretches.append(stretch)
    return _join(stretches)


def _join(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    joined: list[_Stretch] = []
    for stretch in stretches:
        if stretch.old_start == stretch.old_end and stretch.new_start == stretch.new_end:
            continue
        if joined and joined[-1].equal == stretch.equal:
            joined[-1] = replace(joined[-1], old_end=stretch.old_end, new_end=stretch.new_end)
        else:
            joined.append(stretch)
    return joined


def _slide(
    stretches: list[_Stretch], before: str, after: str, new: Sequence[Token], old: Sequence[Token]
) -> list[_Stretch]:
    """Shift what was only inserted or only deleted to where a sentence or clause begins, if the words allow."""
    result = list(stretches)
    for index in range(1, len(result) - 1):
        left, middle, right = result[index - 1 : index + 2]
        if middle.equal:
            continue
        if middle.old_start == middle.old_end:
            codes, tokens, start, end = after, new, middle.new_start, middle.new_end
        elif middle.new_start == middle.new_end:
            codes, tokens, start, end = before, old, middle.old_start, middle.old_end
        else:
            continue
        back = 0
        while back < left.new_end - left.new_start and codes[start - back - 1] == codes[end - back - 1]:
            back += 1
        forth = 0
        while forth < right.new_end - right.new_start and codes[start + forth] == codes[end + forth]:
            forth += 1
        if not back and not forth:
            continue
        shift = max(range(-back, forth + 1), key=lambda s: (_rate_boundary(tokens, start + s), -abs(s), s))
        result[index - 1] = replace(left, old_end=left.old_end + shift, new_end=left.new_end + shift)
        result[index] = _Stretch(
            middle.old_start + shift,
            middle.old_end + shift,
            middle.new_start + shift,
            middle.new_end + shift,
            equal=False,
        )
        result[index + 1] = replace(right, old_start=right.old_start + shift, new_start=right.new_start + shift)
    return _join(result)


def _rate_boundary(tokens: Sequence[Token], start: int) -> int:
    """How natural it is for a change to begin there."""
    if start == 0:
        return 4
    last = tokens[start - 1].text[-1:]
    if last in SENTENCE_ENDS:
        return 3
    if last in _CLAUSE_ENDS:
        return 2
    return 1 if tokens[start].text[:1] in _CLAUSE_ENDS or tokens[start].space else 0


def _absorb_islands(stretches: list[_Stretch], old: Sequence[Token], new: Sequence[Token]) -> list[_Stretch]:
    """Drop unchanged stretches too short to help a reader between two changes."""

    def size(stretch: _Stretch) -> int:
        removed = count_words(old[stretch.old_start : stretch.old_end])
        return max(removed, count_words(new[stretch.new_start : stretch.new_end]))

    while True:
        result = list(stretches)
        for index in range(1, len(result) - 1):
            island = result[index]
            if island.equal:
                words = size(island)
                around = min(size(result[index - 1]), size(result[index + 1]))
                if words <= 1 or (words == 2 and around >= 2):  # noqa: PLR2004  two words help only beside a small change
                    result[index] = replace(island, equal=False)
        result = _join(result)
        if result == stretches:
            return result
        stretches = result


# ---- back to runs of text


def write_spans(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    """The runs of a leaf in which each change is marked; accepting or rejecting them gives the words of either side."""
    writer = _SpanWriter()
    seen_old = seen_new = False
    spaced = 0
    last: tuple[Mark, ...] = ()
    steps = tuple(pieces)
    for piece, follower in zip(steps, (*steps[1:], None), strict=True):
        change: Change = "" if piece.op == "=" else piece.op
        on_old, on_new = change in {"", "-", "<"}, change in {"", "+", ">"}
        replaced = piece.op == "-" and follower is not None and follower.op == "+"
        if replaced and follower and seen_old and seen_new and piece.tokens[0].space and follower.tokens[0].space:
            # What is replaced and what replaces it share the space before them.
            marks = _share_marks(
                _share_marks(last, piece.tokens[0].runs[0][1].marks), follower.tokens[0].runs[0][1].marks
            )
            writer.add(" ", marks, "")
            spaced = 2
        for place, token in enumerate(piece.tokens):
            if place == 0 and spaced:
                spaced -= 1
            elif token.space and ((on_old and seen_old) or (on_new and seen_new)):
                # A space that only one side has belongs to the change that stands before it.
                one_sided = on_old and on_new and not (seen_old and seen_new)
                marks = token.runs[0][1].marks
                shared = marks if marks == last else _share_marks(last, marks)
                writer.add(" ", shared, writer.change if one_sided else change)
            for text, span in token.runs:
                last = span.marks
                if span.footnote or span.image or span.hard_break:
                    writer.add_whole(span, change)
                else:
                    writer.add(text, last, change)
            seen_old, seen_new = seen_old or on_old, seen_new or on_new
    return writer.finish()


class _SpanWriter:
    """Joins words under the same marks and with the same fate into one span."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.words: list[str] = []
        self.marks: tuple[Mark, ...] = ()
        self.change: Change = ""

    def add(self, text: str, marks: tuple[Mark, ...], change: Change) -> None:
        if change != self.change or (marks is not self.marks and marks != self.marks):
            self.finish()
            self.marks, self.change = marks, change
        self.words.append(text)

    def add_whole(self, span: Span, change: Change) -> None:
        self.finish()
        self.change = change
        self.spans.append(replace(span, change=change))

    def finish(self) -> tuple[Span, ...]:
        if self.words:
            self.spans.append(Span("".join(self.words), self.marks, change=self.change))
            self.words = []
        return tuple(self.spans)


def _share_marks(left: tuple[Mark, ...], right: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return tuple(mark for mark, _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
