"""How MkDocs asks: an adapter without state. What a site consists of is decided in `noticepress`; this passes it on.

It holds no rule and makes no output of legal weight, so that MkDocs can be replaced.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError

from noticepress.cli import is_preview, open_press
from noticepress.errors import NoticeError, OutsideError, UsageError
from noticepress.publish import PRESS, Findings, Press, count_processors
from noticepress.reports import tell_problems

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


log = logging.getLogger("mkdocs.notices")


def _press(config: MkDocsConfig) -> Press | Findings:
    press: Press | Findings = config.extra[PRESS]
    return press


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the site, unless `noticepress build` has done so already."""
    if PRESS not in config.extra:
        try:
            config.extra[PRESS] = press = open_press(Path(config.config_file_path).parent)
            press.jobs = count_processors()
        except NoticeError as error:
            told = tell_problems(error.problems, "nothing was written")
            if not is_preview():
                raise PluginError(told) from error
            log.error(told)  # noqa: TRY400 - people want the finding, not the trace
            config.extra[PRESS] = Findings(told)
        except (OutsideError, UsageError) as error:
            raise PluginError(str(error)) from error
    _press(config).adjust_config(config)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The site's pages in place of whatever lies in the folder of documents."""
    return _press(config).list_files(files, config)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: object) -> dict[str, Any]:
    """A page's own parts, and its language."""
    _press(config).fill_context(context, page.file.url.removesuffix("./"), config)
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The same for pages that are not documents: 404.html."""
    _press(config).fill_context(context, template_name, config)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep shells back."""
    return _press(config).finish_page(output, page.file.url.removesuffix("./"))


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """State the language of 404.html."""
    return _press(config).finish_page(output, template_name)


def on_post_build(config: MkDocsConfig) -> None:
    """The pages and all other files."""
    try:
        _press(config).write_rest(Path(config.site_dir))
    except OutsideError as error:
        raise PluginError(str(error)) from error
