"""Acme Research with everything that helps a reader: short versions, defined terms, and sections that come and go.

The first two versions are those of `make_history`. The third has short versions and definitions, calls its data section
otherwise (`#data` is `#collected` now), drops `#purposes` and has a new section `#security`.
"""

# ruff: noqa: RUF001 - signs that resemble others are what readers of many languages write

from __future__ import annotations

from datetime import date
from pathlib import Path

from noticepress.cli import open_press
from noticepress.publish import publish_site
from tests import acme

THIRD = "2024-09-01"

_NEXT = """\
effective: 2024-09-01
class: material
summary: {en: Why and how we keep data., es: Por qué y cómo., ja: データの保存。, ar: كيف نحفظ البيانات.}
impact: {en: You find it elsewhere., es: Está en otro lugar., ja: 場所が変わります。, ar: تجده في مكان آخر.}
options: {en: Write to us., es: Escríbanos., ja: ご連絡ください。, ar: اكتب إلينا.}
announced: 2024-08-01T09:00:00+00:00
"""

SUMMARIES = {
    "en": ("This is about our website.", "Write to us, and we *answer* within a month."),
    "es": ("Trata de nuestro sitio web.", "Escríbanos y *respondemos* en un mes."),
    "ja": ("当社のウェブサイトについての通知です。", "お問い合わせには*一か月*以内にお答えします。"),
    "ar": ("هذا عن موقعنا.", "اكتب إلينا و*نرد* خلال شهر."),
}
_WORDS = {
    "en": (
        (
            "## Words we use {#words definitions}\n\n- **Account data** means what you tell us when you register.\n"
            "- **Partner** means a company that works for us.\n\n"
        ),
        (
            "## Security {#security}\n\nOnly two people can read account data. A partner cannot, and partnerships do "
            "not change that. [Account data](#words) and `account data` are kept apart.\n\n"
        ),
    ),
    "es": (
        (
            "## Palabras {#words definitions}\n\n- **Datos de cuenta** son los que nos da al registrarse.\n"
            "- **Socio** es una empresa que trabaja para nosotros.\n\n"
        ),
        (
            "## Seguridad {#security}\n\nSolo dos personas leen los datos de cuenta. Un socio no, y ser socios no lo "
            "cambia. [Datos de cuenta](#words) y `datos de cuenta` están aparte.\n\n"
        ),
    ),
    "ja": (
        (
            "## 用語 {#words definitions}\n\n- **会員データ**とは、登録の際にお知らせいただく情報です。\n"
            "- **委託先**とは、当社のために働く会社です。\n\n"
        ),
        (
            "## 安全管理 {#security}\n\n非会員データではなく、会員データを読めるのは二名だけです。委託先は読めません。"
            "[会員データ](#words)と`会員データ`は別です。\n\n"
        ),
    ),
    "ar": (
        (
            "## الكلمات {#words definitions}\n\n- **بيانات الحساب** هي ما تخبرنا به عند التسجيل.\n"
            "- **شريك** هو شركة تعمل لنا.\n\n"
        ),
        (
            "## الأمان {#security}\n\nلا يقرأ بيانات الحساب إلا شخصان. لا يقرؤها شريك ولا شريكان. "
            "[بيانات الحساب](#words) و`بيانات الحساب` منفصلة.\n\n"
        ),
    ),
}
_PURPOSES = {"en": "Why we use it", "es": "Para qué", "ja": "目的", "ar": "الأغراض"}
_CHANGES = {"en": "## Changes {", "es": "## Cambios {", "ja": "## 変更 {", "ar": "## التغييرات {"}


def make_layered(folder: Path) -> Path:
    """The site with its third version released."""
    site = acme.make_history(folder)
    for locale in acme.LOCALES:
        path = f"content/{acme.NOTICE}/{locale}.md"
        text = (site / path).read_text(encoding="utf-8")
        first, second = SUMMARIES[locale]
        start, end = text.index(f"## {_PURPOSES[locale]} {{#purposes}}"), text.index("{#rights}")
        end = text.rindex("## ", 0, end)
        text = text[:start] + text[end:]
        text = text.replace("{#scope}", f'{{#scope summary="{first}"}}')
        text = text.replace("{#rights}", f"{{#rights summary}}\n\n> {second}")
        text = text.replace("#data", "#collected")
        words, security = _WORDS[locale]
        text = text.replace(_CHANGES[locale], words + security + _CHANGES[locale])
        acme.write_file(site, path, text)
    acme.write_file(site, f"content/{acme.NOTICE}/next.yml", _NEXT)
    acme.release(site, as_of=date(2024, 8, 1))
    return site


def build_layered(folder: Path, as_of: date = date(2025, 6, 1)) -> Path:
    """The built site, long after its last change."""
    publish_site(make_layered(folder / "site"), folder / "out", open_press(folder / "site", as_of))
    return folder / "out"
