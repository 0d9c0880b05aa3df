"""A small complete site of an invented group, Acme Research: two regions, three companies, four languages, a notice.

`make_site` writes it with its first version still to be released; `make_history` releases two versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from noticepress.history import Line, trace_line
from noticepress.library import load_library, read_library
from noticepress.model import AsOf
from noticepress.release import prepare_release
from noticepress.sealing import seal_version

NOTICE = "website"
LOCALES = ("en", "es", "ja", "ar")
REGIONS = ("americas", "elsewhere")
FIRST = "2024-01-10"
SECOND = "2024-05-20"
DRAFTING = date(2023, 12, 1)
"""A day on which the first version is being prepared."""

_MKDOCS = """\
site_name: Acme Research privacy
site_url: https://privacy.acme.example/
docs_dir: content
theme:
  name: material
plugins: []
extra:
  noticepress:
    organisation: Acme Research
    source_locale: en
    locales: [en, es, ja, ar]
    zone: America/New_York
    lead_days: {material: 30, minor: 7, editorial: 0}
"""

_REGIONS = """\
americas:
  name: {en: the Americas, es: América, ja: 南北アメリカ, ar: الأمريكتان}
  territories: ["019"]
elsewhere:
  name: {en: the rest of the world, es: el resto del mundo, ja: その他の地域, ar: بقية العالم}
  territories: rest
  required_locales: [es]
"""

_INC = """\
facts:
  - from: 2015-06-01
    legal_name: Acme Research Inc.
    answers_for: [americas]
    address: {street: 12 Harbor Street, locality: Boston, region: MA, postal_code: "02110", country: US}
    zone: America/New_York
    contacts:
      privacy: privacy@acme.example
      post: {street: P.O. Box 7, locality: Boston, region: MA, postal_code: "02111", country: US}
"""

_EUROPE = """\
facts:
  - from: 2018-03-01
    legal_name: Acme Europe GmbH
    aliases: [Acme Europe]
    answers_for: [elsewhere]
    jointly: true
    address: {street: Lindenallee 5, locality: Berlin, postal_code: "10115", country: DE}
    register: {name: Amtsgericht Charlottenburg, number: HRB 1}
    zone: Europe/Madrid
    contacts:
      privacy: datenschutz@acme.example
"""

_IBERIA = """\
facts:
  - from: 2019-09-01
    legal_name: Acme Iberia SL
    answers_for: [elsewhere]
    jointly: true
    address: {street: Calle Mayor 3, locality: Madrid, postal_code: "28013", country: ES}
    zone: Europe/Madrid
    contacts:
      privacy: datenschutz@acme.example
      post: {street: Apartado 9, locality: Madrid, postal_code: "28080", country: ES}
"""

_NOTICE = """\
title:
  en: Website privacy notice
  es: Aviso de privacidad del sitio web
  ja: ウェブサイトのプライバシー通知
  ar: إشعار خصوصية الموقع
audience: {en: visitors of our website, es: visitantes de nuestro sitio web, ja: サイトを訪れる方, ar: زوار موقعنا}
authoritative: {americas: en, elsewhere: en}
commitments:
  - {id: change-material, covers: material, channels: {any_of: [email, site-notice]}, timing: before-effect}
"""

_NEXT = """\
effective: 2024-01-10
class: material
summary: {en: The first notice., es: El primer aviso., ja: 最初の通知です。, ar: الإشعار الأول.}
impact: {en: You can read what we collect., es: Puede leer qué recogemos.}
announced: 2023-12-06T10:00:00+00:00
approved_by: Legal
"""

_EN = """\
# Website privacy notice

This notice tells visitors from {{ region.name }} what {{ organisation }} does.

## What it covers {#scope}

It covers our website, and applies from {{ version.effective | date }}.

## Who we are {#controller covers="acme:controller"}

{{ entities | names }} answer for your data:

{% for entity in entities %}
- {{ entity.legal_name }}, {{ entity.address | address }}
{% endfor %}

## What we collect {#data}

| Data | Kept for |
|---|---|
| Your **email** address | one year |
| Pages you read | one month |

## Why we use it {#purposes}

1. To answer you.
2. To count *visits*.

## Your rights {#rights}

Write to {{ contact.privacy | mail }}, or by post to {{ contact.post | address }}.
See also [what we collect](#data) and the [authorities](https://authorities.example/list).

## Changes {#changes}

We tell you of {% if region.id == "americas" %}material{% else %}all{% endif %} changes before they apply.
"""

_ES = """\
# Aviso de privacidad del sitio web

Este aviso explica a los visitantes de {{ region.name }} qué hace {{ organisation }}.

## Qué abarca {#scope}

Abarca nuestro sitio web y se aplica desde el {{ version.effective | date }}.

## Quiénes somos {#controller covers="acme:controller"}

{{ entities | names }} responden de sus datos:

{% for entity in entities %}
- {{ entity.legal_name }}, {{ entity.address | address }}
{% endfor %}

## Qué recogemos {#data}

| Datos | Plazo |
|---|---|
| Su **correo** electrónico | un año |
| Las páginas que lee | un mes |

## Para qué {#purposes}

1. Para responderle.
2. Para contar *visitas*.

## Sus derechos {#rights}

Escriba a {{ contact.privacy | mail }}, o por correo a {{ contact.post | address }}.
Véase también [qué recogemos](#data) y las [autoridades](https://authorities.example/list).

## Cambios {#changes}

Le avisamos de {% if region.id == "americas" %}cambios importantes{% else %}todo cambio{% endif %} antes de aplicarlo.
"""

_JA = """\
# ウェブサイトのプライバシー通知

この通知は、{{ region.name }}からの訪問者に{{ organisation }}の取り組みを説明します。

## 対象 {#scope}

この通知は当社のウェブサイトに、{{ version.effective | date }}から適用されます。

## 当社について {#controller covers="acme:controller"}

{{ entities | names }}がお客様のデータに責任を負います。

{% for entity in entities %}
- {{ entity.legal_name }}、{{ entity.address | address }}
{% endfor %}

## 収集するもの {#data}

| データ | 期間 |
|---|---|
| **メール**アドレス | 一年 |
| 閲覧したページ | 一か月 |

## 目的 {#purposes}

1. お返事をするため。
2. *訪問*を数えるため。

## お客様の権利 {#rights}

{{ contact.privacy | mail }}宛て、または{{ contact.post | address }}までお送りください。
[収集するもの](#data)と[監督機関](https://authorities.example/list)もご覧ください。

## 変更 {#changes}

{% if region.id == "americas" %}重要な{% else %}すべての{% endif %}変更を適用前にお知らせします。
"""

_AR = """\
# إشعار خصوصية الموقع

يشرح هذا الإشعار لزوار {{ region.name }} ما تفعله {{ organisation }}.

## النطاق {#scope}

يشمل موقعنا، ويسري من {{ version.effective | date }}.

## من نحن {#controller covers="acme:controller"}

تتولى {{ entities | names }} مسؤولية بياناتك:

{% for entity in entities %}
- {{ entity.legal_name }}، {{ entity.address | address }}
{% endfor %}

## ما نجمعه {#data}

| البيانات | المدة |
|---|---|
| **بريدك** الإلكتروني | سنة |
| الصفحات التي تقرؤها | شهر |

## الأغراض {#purposes}

1. للرد عليك.
2. لعد *الزيارات*.

## حقوقك {#rights}

اكتب إلى {{ contact.privacy | mail }}، أو بالبريد إلى {{ contact.post | address }}.
انظر أيضا [ما نجمعه](#data) و[السلطات](https://authorities.example/list).

## التغييرات {#changes}

نخبرك {% if region.id == "americas" %}بالتغييرات المهمة{% else %}بكل التغييرات{% endif %} قبل سريانها.
"""

FILES: Mapping[str, str] = {
    "mkdocs.yml": _MKDOCS,
    "entities/regions.yml": _REGIONS,
    "entities/acme-inc.yml": _INC,
    "entities/acme-europe.yml": _EUROPE,
    "entities/acme-iberia.yml": _IBERIA,
    "content/website/notice.yml": _NOTICE,
    "content/website/next.yml": _NEXT,
    "content/website/en.md": _EN,
    "content/website/es.md": _ES,
    "content/website/ja.md": _JA,
    "content/website/ar.md": _AR,
}
"""Every file that `make_site` writes, by its path in the site."""

MOVED = """\
  - from: 2024-05-01
    address: {street: 80 Summit Avenue, locality: Denver, region: CO, postal_code: "80202", country: US}
"""

INC_MOVED = _INC + MOVED

_NEXT_SECOND = """\
effective: 2024-05-20
class: minor
summary: {en: We keep page views longer., es: Guardamos más las visitas., ja: 長く保存します。, ar: نحتفظ بها أطول.}
announced: 2024-05-06T08:30:00+00:00
"""


def make_site(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the site into a folder, and give the folder back; `changed` holds files to add or to write otherwise."""
    for path, text in {**FILES, **(changed or {})}.items():
        write_file(folder, path, text)
    return folder


def write_file(site: Path, path: str, text: str) -> None:
    target = site / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="")


def read_tree(site: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def trace(site: Path, as_of: AsOf, region: str = "americas") -> Line:
    return trace_line(NOTICE, region, load_library(site).versions[NOTICE], as_of)


def states_of(line: Line) -> dict[str, str]:
    return {standing.version.id: standing.state for standing in line.standings}


def replace_text(site: Path, path: str, old: str, new: str) -> None:
    """Change a file; what is replaced must be there."""
    text = (site / path).read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    write_file(site, path, text.replace(old, new))


def release(site: Path, notice: str = NOTICE, as_of: date = DRAFTING) -> Path:
    """Seal what is being prepared; the folder of the new version."""
    sealing = prepare_release(read_library(site), notice, as_of)
    seal_version(site, sealing)
    return site / sealing.folder


def prepare_second(site: Path) -> None:
    """Prepare the second version: a row that says something else in each language, and Acme Research Inc. has moved."""
    for locale, old, new in (
        ("en", "one month", "two months"),
        ("es", "un mes", "dos meses"),
        ("ja", "一か月", "二か月"),
        ("ar", "شهر", "شهران"),
    ):
        replace_text(site, f"content/{NOTICE}/{locale}.md", old, new)
    write_file(site, "entities/acme-inc.yml", INC_MOVED)
    write_file(site, f"content/{NOTICE}/next.yml", _NEXT_SECOND)


def make_history(folder: Path) -> Path:
    """The site with two versions released, and nothing being prepared."""
    site = make_site(folder)
    release(site)
    prepare_second(site)
    release(site, as_of=date(2024, 5, 1))
    return site
