"""Acme's site with a second version in which everything happened that a redline page can tell of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.acme import FILES, INC_MOVED, NOTICE, make_site, release, replace_text, write_file

OLD = """\
# Website privacy notice

This notice tells visitors what Acme Research does.

## What it covers {#scope}

It covers our website.

## Data we collect {#data}

We keep server logs for 30 days, and then delete them from every backup.
See our [policy](https://acme.example/old) for more.

You **must** be an adult.

| Data | Kept for |
|---|---|
| Email address | one year |
| Pages you read | one month |

- We never sell your data.
- We may share it with our hosts.

### Storage {#storage}

Data are stored in the European Union.

## Your rights {#rights}

You can ask us at any time to export, correct or erase the personal data that we hold about you.
We answer within a month, and if we cannot we tell you why and how long it will take us instead.

## Sharing {#sharing}

We share personal data with the hosts of our servers, who may read them only as far as their work for us needs it.

Nobody else receives them unless a court or an authority with the power to do so orders us to hand them over.

## Cookies {#cookies}

We set one cookie.

## Contact {#contact}

Write to {{ contact.privacy | mail }}, or by post to {{ entities[0].address | address }}.

## Testimonials {#testimonials}

We publish what customers say.
"""

NEW = """\
# Website privacy notice

This notice tells visitors what Acme Research does.

## What it covers {#scope}

It covers our website.

## Sharing {#sharing}

We share personal data with the hosts of our servers, who may read them only as far as their contract with us allows it.

Nobody else receives them unless a court or an authority with the power to do so orders us to hand them over.

## Data we collect {#data}

We keep server logs for 90 days, and then delete them from every backup.
See our [policy](https://acme.example/new) for more.

You must be an adult.

| Data | Why | Kept for |
|---|---|---|
| Email address | To answer | one year |
| Pages you read | To count | two months |

- We never sell your data.
- We may not share it with our hosts.
- We encrypt it.

## Storage {#storage}

Data are stored in the European Union.

## Your rights {#rights}

You can ask us at any time to export, correct or erase the personal data that we hold about you.

We answer within a month, and if we cannot we tell you why and how long it will take us instead.

## Cookies {#cookies}

We set one cookie.

## Contact us {#contact}

Write to {{ contact.privacy | mail }}, or by post to {{ entities[0].address | address }}.

## Children {#children}

Our website is not made for children.
"""

_OLD_AR = """\
# إشعار خصوصية الموقع

يشرح هذا الإشعار للزوار ما تفعله Acme Research.

## النطاق {#scope}

يشمل موقعنا.

## ما نجمعه {#data}

نحتفظ بسجلات الخادم لمدة 30 يومًا ثم نحذفها من كل النسخ الاحتياطية.
انظر [السياسة](https://acme.example/old) لمعرفة المزيد.

| البيانات | المدة |
|---|---|
| البريد الإلكتروني | سنة |
| الصفحات التي تقرؤها | شهر |

- لا نبيع بياناتك أبدًا.
- قد نشاركها مع مضيفينا.

### التخزين {#storage}

تُخزَّن البيانات في الاتحاد الأوروبي.

## حقوقك {#rights}

يمكنك أن تطلب منا في أي وقت تصدير بياناتك الشخصية التي نحتفظ بها أو تصحيحها أو محوها.

## المشاركة {#sharing}

نشارك البيانات الشخصية مع مضيفي خوادمنا الذين لا يجوز لهم الاطلاع عليها إلا بقدر ما يحتاج إليه عملهم لدينا.

## ملفات تعريف الارتباط {#cookies}

نضع ملفًا واحدًا.

## الاتصال {#contact}

اكتب إلى {{ contact.privacy | mail }} أو بالبريد إلى {{ entities[0].address | address }}.

## شهادات العملاء {#testimonials}

ننشر ما يقوله عملاؤنا.
"""

_NEW_AR = """\
# إشعار خصوصية الموقع

يشرح هذا الإشعار للزوار ما تفعله Acme Research.

## النطاق {#scope}

يشمل موقعنا.

## المشاركة {#sharing}

نشارك البيانات الشخصية مع مضيفي خوادمنا الذين لا يجوز لهم الاطلاع عليها إلا بقدر ما يسمح به عقدهم معنا.

## ما نجمعه {#data}

نحتفظ بسجلات الخادم لمدة 90 يومًا ثم نحذفها من كل النسخ الاحتياطية.
انظر [السياسة](https://acme.example/new) لمعرفة المزيد.

| البيانات | الغرض | المدة |
|---|---|---|
| البريد الإلكتروني | للرد | سنة |
| الصفحات التي تقرؤها | للعد | شهران |

- لا نبيع بياناتك أبدًا.
- لا نشاركها مع مضيفينا.
- نشفّرها.

## التخزين {#storage}

تُخزَّن البيانات في الاتحاد الأوروبي.

## حقوقك {#rights}

يمكنك أن تطلب منا في أي وقت تصدير بياناتك الشخصية التي نحتفظ بها أو تصحيحها أو محوها.

## ملفات تعريف الارتباط {#cookies}

نضع ملفًا واحدًا.

## الاتصال بنا {#contact}

اكتب إلى {{ contact.privacy | mail }} أو بالبريد إلى {{ entities[0].address | address }}.

## الأطفال {#children}

موقعنا ليس للأطفال.
"""

_RECORD = """\
effective: 2024-05-20
class: material
summary: {en: We keep logs longer., ar: نحتفظ بالسجلات مدة أطول.}
impact: {en: Logs about you live 90 days., ar: تبقى سجلاتك 90 يومًا.}
options: {en: You can write to us., ar: يمكنك الكتابة إلينا.}
announced: 2024-04-06T08:30:00+00:00
approved_by: Legal
"""


def make_redlined(folder: Path) -> Path:
    """The site in English and Arabic, with both versions sealed."""
    settings = FILES["mkdocs.yml"].replace("[en, es, ja, ar]", "[en, ar]")
    texts = {"mkdocs.yml": settings, f"content/{NOTICE}/en.md": OLD, f"content/{NOTICE}/ar.md": _OLD_AR}
    site = make_site(folder, texts)
    replace_text(site, "entities/regions.yml", "  required_locales: [es]\n", "")
    for locale in ("es", "ja"):
        (site / f"content/{NOTICE}/{locale}.md").unlink()
    release(site)
    write_file(site, f"content/{NOTICE}/en.md", NEW)
    write_file(site, f"content/{NOTICE}/ar.md", _NEW_AR)
    write_file(site, f"content/{NOTICE}/next.yml", _RECORD)
    write_file(site, "entities/acme-inc.yml", INC_MOVED)
    release(site, as_of=date(2024, 4, 1))
    return site
