"""Pairs of claims that contradict each other, in the words of each language: what to look for, and what excuses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that every pattern of `words` is found in, and `excuse` is not."""

    words: tuple[str, ...]
    excuse: str = ""

    def may_stand_in(self, words: str) -> bool:
        """Whether some of it is there; most paragraphs are done with that."""
        return _compile(self.words[0]).search(words) is not None

    def find(self, sentence: str) -> tuple[int, int] | None:
        """Where the words of the claim begin and end; None where the sentence does not claim it."""
        if self.excuse and _compile(self.excuse).search(sentence):
            return None
        found = [match for pattern in self.words if (match := _compile(pattern).search(sentence))]
        if len(found) < len(self.words):
            return None
        return min(match.start() for match in found), max(match.end() for match in found)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of which a text should make only one. With `is_near` both count only within one section."""

    one: Claim
    other: Claim
    hint: str
    is_near: bool = False


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_LINK = "say for each technology, in one place, what is linked and what is not"
_IDENTIFY = "say that such data can identify a person, or why it cannot"
_SHARE = "say who receives data and for what, once"
_NEWSLETTER = "say in one place who is sent a newsletter"
_OPT = "say whether people must agree first, or can only refuse"
_ANONYMOUS = "say which information is anonymous, and which is not"

_EN_LINKED = r"\b(?:link|links|tie|ties|connect|combine|associate)\b"
_EN_PERSONAL = r"\bpersonal(?:ly identifiable)? (?:information|data)\b"
_EN_DENIED = r"\b(?:(?:do |does |will )?not|never|don[\u2019']t)"
_EN_NOT = r"\b(?:not|never)\b"
_EN_PROMOTION = r"\b(?:newsletters?|marketing|promotion\w*|offers)\b"

_ES_LINKED = r"\b(?:vinculamos|asociamos|relacionamos|combinamos)\b"
_ES_PERSONAL = r"\b(?:información|datos) personal(?:es)?\b"
_ES_PROMOTION = r"\b(?:bolet[ií]n|boletines|publicidad|comercial\w*|promoci\w+|ofertas)\b"

_DE_LINKED = r"\b(?:verknüpf|verbind|kombinier)\w*"
_DE_PERSONAL = r"\bpersonenbezogen\w*"
_DE_NOT = r"\b(?:nicht|niemals|nie|keine\w*)\b"
_DE_PROMOTION = r"newsletter|\bwerb|\bangebote"

_JA_LINKED = r"結び付け|結びつけ|関連付け|関連づけ|紐付け|紐づけ"
_JA_PERSONAL = r"個人情報|個人データ"
_JA_NOT = r"ません|しない|ことはな|ことはあり"

PAIRS: Mapping[str, tuple[Pair, ...]] = MappingProxyType(
    {
        "en": (
            Pair(
                Claim((rf"\bwe (?:do |also |may |will ){{0,2}}{_EN_LINKED}", _EN_PERSONAL), _EN_NOT),
                Claim((rf"{_EN_DENIED} (?:link|tie|connect|combine|associate)\b", _EN_PERSONAL)),
                _LINK,
            ),
            Pair(
                Claim((r"\b(?:IP|internet protocol)(?: \(IP\))? address(?:es)?\b",)),
                Claim((r"\b(?:does|do) not identify\b",), r"aggregat|statistic|alone|by itself|directly|anonym|combin"),
                _IDENTIFY,
                is_near=True,
            ),
            Pair(
                Claim((r"\bonly (?:as|so far as|as far as|to the extent|where|insofar)\b", r"\b(?:share|disclose)\b")),
                Claim((r"\bselected (?:providers|partners|third parties|companies|advertisers|sponsors)\b",)),
                _SHARE,
            ),
            Pair(
                Claim(
                    (
                        r"\bwe (?:do not|don[\u2019']t|will not|will never|never) (?:share|sell|rent|disclose)\b",
                        _EN_PERSONAL,
                        r"\bthird part(?:y|ies)\b|\banyone\b|\bothers\b",
                    ),
                    r"\b(?:unless|without|except|other than|only|survey|contest|for their)\b",
                ),
                Claim(
                    (
                        r"\bwe (?:may |also |will ){0,2}(?:share|sell|rent|disclose)\b",
                        _EN_PERSONAL,
                        r"\b(?:partners|advertisers|affiliates|third parties)\b",
                    ),
                    r"\b(?:unless|without|except|not|never|only|consent|required by law|permission)\b",
                ),
                _SHARE,
            ),
            Pair(
                Claim((r"\bif you (?:wish to |choose to |want to )?(?:subscribe|sign up)\b", r"\bnewsletter")),
                Claim(
                    (r"\b(?:participants?|surveys?|contests?)\b", r"\bnewsletter"),
                    r"subscri|consent|agree|opt(?:ed)? in",
                ),
                _NEWSLETTER,
            ),
            Pair(
                Claim(
                    (
                        r"\bonly (?:if|with|where|when|after)\b",
                        r"\b(?:consent|agreed?|opt(?:ed)?[ -]in)\b",
                        _EN_PROMOTION,
                    )
                ),
                Claim((r"\bunless you (?:have )?(?:opt(?:ed)?[ -]out|unsubscribed?|object(?:ed)?)\b", _EN_PROMOTION)),
                _OPT,
            ),
            Pair(
                Claim(
                    (r"\b(?:is|are|remains?|stays?) (?:\w+ )?anonymous\b|\banonymously\b",),
                    r"\b(?:if|where|when|whether|unless|case|not)\b",
                ),
                Claim((r"\byour (?:name|e-?mail|postal address|telephone|phone)\b",)),
                _ANONYMOUS,
                is_near=True,
            ),
        ),
        "es": (
            Pair(
                Claim((_ES_LINKED, _ES_PERSONAL), r"\bno (?:vincul|asoci|relacion|combin)"),
                Claim((r"\bno (?:vinculamos|asociamos|relacionamos|combinamos)\b", _ES_PERSONAL)),
                _LINK,
            ),
            Pair(
                Claim((r"\bdirecci(?:ón|ones) (?:de protocolo de internet|IP)\b",)),
                Claim(
                    (r"\bno (?:identifican?|permiten? identificar)\b",),
                    r"estad[ií]stic|agregad|por s[ií] sol|directamente|an[oó]nim",
                ),
                _IDENTIFY,
                is_near=True,
            ),
            Pair(
                Claim(
                    (
                        r"\b(?:solo|sólo|únicamente) (?:en la medida|cuando|lo necesario)\b",
                        r"\b(?:compartimos|cedemos)\b",
                    )
                ),
                Claim((r"\b(?:proveedores|socios|terceros|empresas) seleccionad[oa]s\b",)),
                _SHARE,
            ),
            Pair(
                Claim((r"\bsi (?:desea suscribirse|se suscribe)\b", r"\bbolet")),
                Claim((r"\b(?:participantes|encuestas?|concursos?)\b", r"\bbolet"), r"suscri|consent"),
                _NEWSLETTER,
            ),
            Pair(
                Claim(
                    (
                        r"\b(?:solo|sólo|únicamente) (?:si|con|cuando)\b",
                        r"\b(?:consiente|consentimiento|acepta)\b",
                        _ES_PROMOTION,
                    )
                ),
                Claim(
                    (r"\b(?:salvo que|a menos que)\b", r"\b(?:se oponga|se haya opuesto|dado de baja)\b", _ES_PROMOTION)
                ),
                _OPT,
            ),
            Pair(
                Claim((r"\b(?:es|son|permanecen?) (?:\w+ )?an[oó]nim[oa]s?\b",), r"\b(?:si|cuando|no)\b"),
                Claim((r"\bsu (?:nombre|correo|dirección|teléfono|número de teléfono)\b",)),
                _ANONYMOUS,
                is_near=True,
            ),
        ),
        "de": (
            Pair(
                Claim((_DE_LINKED, _DE_PERSONAL, r"\bwir\b"), _DE_NOT),
                Claim((_DE_LINKED, _DE_PERSONAL, r"\bwir\b", _DE_NOT)),
                _LINK,
            ),
            Pair(
                Claim((r"\bIP-Adresse",)),
                Claim(
                    (r"\bidentifizier\w*", r"\b(?:nicht|niemanden|keine\w*)\b"),
                    r"statisti|zusammengefasst|aggregiert|allein|anonym|direkt|unmittelbar",
                ),
                _IDENTIFY,
                is_near=True,
            ),
            Pair(
                Claim((r"\bnur (?:so ?weit|insoweit|im erforderlichen|wenn)\b", r"\b(?:geben|teilen|übermitteln)\b")),
                Claim((r"\bausgewählte[nr]? (?:Anbieter|Partner|Dritte|Unternehmen)",)),
                _SHARE,
            ),
            Pair(
                Claim((r"\bwenn sie\b", r"newsletter", r"\b(?:abonnier|anmeld)\w*")),
                Claim((r"\b(?:teilnehm|umfrage|gewinnspiel)\w*", r"newsletter"), r"abonnier|einwillig|zustimm"),
                _NEWSLETTER,
            ),
            Pair(
                Claim(
                    (r"\bnur (?:wenn|mit|nach)\b", r"\b(?:einwillig|zustimm|zugestimmt|eingewilligt)\w*", _DE_PROMOTION)
                ),
                Claim(
                    (
                        r"\b(?:es sei denn|sofern|solange)\b",
                        r"\b(?:widersprochen|widersprechen|abbestellt)\b",
                        _DE_PROMOTION,
                    )
                ),
                _OPT,
            ),
            Pair(
                Claim((r"\banonym\b", r"\b(?:ist|sind|bleibt|bleiben)\b"), r"\b(?:wenn|soweit|sofern|falls|nicht)\b"),
                Claim((r"\bIhr(?:e|en|er)? (?:Name|Namen|Anschrift|E-Mail\S*|Telefonnummer)\b",)),
                _ANONYMOUS,
                is_near=True,
            ),
        ),
        "ja": (
            Pair(
                Claim((_JA_LINKED, _JA_PERSONAL), _JA_NOT),
                Claim((_JA_LINKED, _JA_PERSONAL, _JA_NOT)),
                _LINK,
            ),
            Pair(
                Claim((r"IP\W{0,2}アドレス",)),
                Claim(
                    (r"個人を(?:特定|識別)(?:しない|しません|できない|できません|するものでは)",),
                    r"統計|集計|匿名|単独|だけでは|のみでは",
                ),
                _IDENTIFY,
                is_near=True,
            ),
            Pair(
                Claim((r"必要な(?:範囲|限度)(?:に限り|でのみ|内でのみ)", r"提供|共有|開示")),
                Claim((r"(?:選定|厳選|選択)した(?:パートナー|提供者|第三者|会社|企業)",)),
                _SHARE,
            ),
            Pair(
                Claim((r"ニュースレター", r"購読する場合|購読を希望|申し込んだ場合")),
                Claim((r"参加者|アンケート|コンテスト", r"ニュースレター"), r"購読|同意"),
                _NEWSLETTER,
            ),
            Pair(
                Claim((r"同意(?:した|がある|を得た)場合(?:にのみ|に限り)", r"ニュースレター|広告|宣伝|特典")),
                Claim((r"(?:拒否|配信停止)[^。]{0,10}(?:しない|ない)限り", r"ニュースレター|広告|宣伝|特典")),
                _OPT,
            ),
            Pair(
                Claim((r"匿名(?:です|であり|で収集|で処理)",), r"場合|とき"),
                Claim((r"お客様の(?:氏名|お名前|住所|電話番号|電子メール|メールアドレス)",)),
                _ANONYMOUS,
                is_near=True,
            ),
        ),
    }
)
"""By language: what the better and what the worse news would be, and what would settle it."""

SUPPLEMENTS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "en": re.compile(r"\bsupplement(?:ary|al) privacy (?:statements?|notices?|polic(?:y|ies))\b", re.IGNORECASE),
        "es": re.compile(
            r"\b(?:avisos?|declaraci(?:ón|ones)|políticas?) de privacidad (?:complementari|suplementari)[oa]s?\b",
            re.IGNORECASE,
        ),
        "de": re.compile(r"\bergänzende[nr]? Datenschutz(?:hinweise?|erklärung(?:en)?)\b", re.IGNORECASE),
        "ja": re.compile(r"補足(?:の|的な)?プライバシー(?:通知|ポリシー|ステートメント)"),
    }
)
"""How a language names notices that add to another."""
