"""What a visitor sees: which pages a site has, and the HTML of each. Pure: a page and a view in, strings out."""

from noticepress.pages.plan import SHEETS, Kind, Page, plan_pages
from noticepress.pages.render import Fragment, render_page
from noticepress.pages.view import View, make_environment

__all__ = ["SHEETS", "Fragment", "Kind", "Page", "View", "make_environment", "plan_pages", "render_page"]
