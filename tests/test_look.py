"""What a site's owners set about its look: colours, logo and words, on the pages and in findings."""

from __future__ import annotations

import re
import struct
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from noticepress.colours import BLACK, LEAST, WHITE, measure_contrast, mix, parse_color, strengthen
from noticepress.library import load_library
from noticepress.localize import list_messages, put_words, words
from noticepress.model import Look
from noticepress.palette import DARK, LIGHT, find_palette, find_weaknesses, list_pairs
from noticepress.site import Site, build_site
from tests import acme
from tests.findings import Case, Edit, assert_case

ROOT = Path(__file__).parent.parent
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><path d="M0 0h120v40z" fill="#0f5560"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII5B", 13, b"IHDR", 64, 32, 8, 6, 0, 0, 0)


def look(*lines: str) -> Edit:
    """A look of Acme's own: line 12 of mkdocs.yml is `look:`, and what is given follows on line 13."""
    return ("mkdocs.yml", "    zone:", "    look:\n" + "".join(f"      {line}\n" for line in lines) + "    zone:")


def draw(inside: str, head: str = "") -> dict[str, str]:
    """A logo with something in it."""
    return {"brand/logo.svg": f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inside}</svg>'}


LOGO = look("logo: brand/logo.svg")
BAD = "mkdocs.yml:13:13: logo 'brand/logo.svg' "
FOUND = [
    Case("AX06", [look("colors: {accent: '#ffcc00'}")], [
        "mkdocs.yml:13:16: accent #ffcc00 on paper #ffffff, in the light scheme: 1.5:1",
    ]),
    Case("AX06", [look("colors:", "  ink: '#777'", "  dark:", "    paper: rgb(120, 120, 120)")], [
        "mkdocs.yml:14:9: ink #777777 on paper #ffffff, in the light scheme: 4.5:1",
        "mkdocs.yml:16:11: quiet #9fadb1 on paper #787878, in the dark scheme: 1.9:1",
    ]),
    Case("YAML", [look("colors: {accent: red}")], ["mkdocs.yml:13:24: 'accent': expected a colour such as '#0f5560'"]),
    Case("YAML", [look("colors:", "  accent: #0f5560")], ["mkdocs.yml:14:16: 'accent': expected a colour"]),
    Case("YAML", [look("colors: {acent: '#000'}")], ["mkdocs.yml:13:16: unknown key 'acent'"]),
    Case("YAML", [look("colours: {accent: '#000'}")], ["mkdocs.yml:13:7: unknown key 'colours'"]),
    *(
        Case("YAML", [look(f'colors: {{accent: "{color}"}}')], ["mkdocs.yml:13:24: 'accent': expected a colour"])
        for color in ("#000;} body{display:none", "#000\\n", "url(//x.example)", "rgb(999 0 0)", "</style>", "var(--x)")
    ),
    Case("LOOK", [LOGO], [f"{BAD}the file is missing"]),
    Case("LOOK", [look("logo: {light: ../logo.svg}")], ["mkdocs.yml:13:21: logo '../logo.svg' leads out of the site"]),
    Case("LOOK", [look("logo: /etc/hostname")], ["mkdocs.yml:13:13: logo '/etc/hostname' leads out of the site"]),
    Case("LOOK", [look("logo: entities")], ["mkdocs.yml:13:13: logo 'entities' is no file"]),
    Case("LOOK", [look("logo: mkdocs.yml")], ["mkdocs.yml:13:13: logo 'mkdocs.yml' is neither SVG nor PNG"]),
    Case("LOOK", [look("logo: l.png")], ["mkdocs.yml:13:13: logo 'l.png' is neither SVG nor PNG"], {"l.png": SVG}),
    Case("LOOK", [LOGO], [f"{BAD}has 50,0"], draw(" " * 50_000)),
    Case("LOOK", [LOGO], [f"{BAD}is no XML"], {"brand/logo.svg": "<svg"}),
    Case("LOOK", [LOGO], [f"{BAD}is no SVG"], {"brand/logo.svg": "<svg/>"}),
    Case("LOOK", [LOGO], [f"{BAD}states neither"], {"brand/logo.svg": SVG.replace("viewBox", "box")}),
    Case("LOOK", [LOGO], [f"{BAD}has no size"], {"brand/logo.svg": SVG.replace("120 40", "0 0")}),
    Case("LOOK", [LOGO], [f"{BAD}has <!doctype"], draw("&x;", '<!DOCTYPE svg [<!ENTITY x "y">]>')),
    Case("LOOK", [LOGO], [f"{BAD}has <?xml-stylesheet"], draw("", '<?xml-stylesheet href="https://x.example"?>')),
    Case("LOOK", [LOGO], [f"{BAD}holds <script>"], draw("<script>alert(1)</script>")),
    Case("LOOK", [LOGO], [f"{BAD}holds <foreignObject>"], draw("<foreignObject/>")),
    Case("LOOK", [LOGO], [f"{BAD}holds <{{http://www.w3.org/1999/xhtml}}p>"], draw('<p xmlns="http://www.w3.org/1999/xhtml"/>')),
    Case("LOOK", [LOGO], [f"{BAD}runs code: onload of <g>"], draw('<g onload="alert(1)"/>')),
    Case("LOOK", [LOGO], [f"{BAD}leads elsewhere: href of <image>"], draw('<image href="https://x.example/i.png"/>')),
    Case("LOOK", [LOGO], [f"{BAD}leads elsewhere: href of <a>"], draw('<a href="javascript:alert(1)"/>')),
    Case("LOOK", [LOGO], [f"{BAD}leads elsewhere: href of <use>"], draw('<use href="data:image/svg+xml,x"/>')),
    Case("LOOK", [LOGO], [f"{BAD}leads elsewhere: to of <set>"], draw('<set to="javascript:alert(1)"/>')),
    Case("LOOK", [LOGO], [f"{BAD}loads something: style of <g>"], draw('<g style="fill: url( \'//x.example\')"/>')),
    Case("LOOK", [LOGO], [f"{BAD}loads something: its <style>"], draw("<style>@import '//x.example';</style>")),
    Case("LOOK", [look("words: {en: {All notice: Ours}}")], [
        "mkdocs.yml:13:20: no message of the interface is 'All notice'",
    ]),
    Case("LOOK", [look("words:", "  es:", "    Applies from {date}.: Desde {fecha}.")], [
        "mkdocs.yml:15:11: 'Applies from {date}.' has the values {date}, and these words {fecha}",
    ]),
    *(
        Case("LOOK", [look(f"words: {{en: {{All notices: '{text}'}}}}")], ["mkdocs.yml:13:20: 'All notices' has "])
        for text in ("{x}", "{}", "{0.__class__}", "{x!r}", "{x:9999999}", "{")
    ),
    Case("LOOK", [look("words: {en: {All notices: <script>}}")], ["mkdocs.yml:13:20: '<script>' holds markup"]),
    Case("LOOK", [look("words: {en: {'{n} word added': x}}")], ["mkdocs.yml:13:20: '{n} word added' counts something"]),
    Case("YAML", [look("words: {xx: {All notices: x}}")], ["mkdocs.yml:13:15: "]),
]  # fmt: skip
NEAR = [
    Case("AX06", [look("colors: {accent: '#5b2a86'}")]),
    Case("AX06", [look("colors: {accent: 'rgb(91 42 134)', paper: '#fffdf8', dark: {accent: '#cbb5fb'}}")]),
    Case("YAML", [look("colors: {ink: '#111', dark: {}}")]),
    Case("LOOK", [LOGO], files=draw('<g id="a"/><use href="#a" fill="url(#b)"/><style>g{fill:#000}</style>')),
    Case("LOOK", [look("logo: {light: a.svg, dark: b.svg}")], files={"a.svg": SVG, "b.svg": f"<?a?>{SVG}"}),
    Case("LOOK", [look("words: {en: {All notices: Our notices, 'version | in force': current}}")]),
    Case("LOOK", [look("words:", "  es-419:", "    Applies from {date}.: Vigente desde {date}.")]),
]  # fmt: skip


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_look_that_would_harm_is_told(case: Case, tmp_path: Path) -> None:
    assert_case(tmp_path, case)


@pytest.mark.parametrize("case", NEAR, ids=str)
def test_a_look_that_is_right_is_not_told(case: Case, tmp_path: Path) -> None:
    assert_case(tmp_path, case)


# ---- on the pages


def make_site(folder: Path, *lines: str, files: dict[str, str] | None = None) -> Site:
    """Acme's site with a look, as it is after both of its versions."""
    site = acme.make_history(folder)
    if lines:
        acme.replace_text(site, *look(*lines))
    for path, text in (files or {}).items():
        acme.write_file(site, path, text)
    return build_site(load_library(site), date(2024, 6, 1), [ROOT / "templates"])


def read_pages(site: Site) -> dict[str, str]:
    """The parts of every page."""
    made = {page.path: site.render(page) for page in site.pages}
    return {path: f"{fragment.menu}\n{fragment.body}" for path, fragment in made.items()}


def read_sheet(site: Site) -> str:
    return dict(site.files())["assets/stylesheets/noticepress.css"].decode()


def read_schemes(sheet: str) -> list[dict[str, str]]:
    """The colours of a sheet as they stand in the light, then in the dark."""
    schemes: list[dict[str, str]] = [{}, {}]
    for media, block in re.findall(r"(@media[^{]*dark\)\s*\{\s*)?:root\s*\{([^}]*)\}", sheet):
        colors = dict(re.findall(r"--np-([\w-]+):\s*(#\w+)", block))
        for scheme in schemes[1:] if media else schemes:
            scheme.update({name: parse_color(color) for name, color in colors.items()})
    return schemes


def test_the_theme_s_own_colours_are_those_of_its_tokens(tmp_path: Path) -> None:
    sheet = read_sheet(make_site(tmp_path))
    assert read_schemes(sheet) == [dict(LIGHT), dict(DARK)]
    assert sheet.count("--np-accent:") == 2


def test_an_accent_alone_changes_both_schemes(tmp_path: Path) -> None:
    light, dark = read_schemes(read_sheet(make_site(tmp_path, "colors: {accent: '#5B2A86'}")))
    changed = {"accent", "accent-strong", "accent-tint"}
    assert {name for name in LIGHT if light[name] != LIGHT[name]} == changed
    assert {name for name in DARK if dark[name] != DARK[name]} == changed
    assert light["accent"] == "#5b2a86"
    assert not list(find_weaknesses(light))
    assert not list(find_weaknesses(dark))


def test_every_color_may_be_set_for_either_scheme(tmp_path: Path) -> None:
    made = make_site(tmp_path, "colors: {paper: '#fffdf8', dark: {accent: rgb(255 200 120), line: '#456'}}")
    light, dark = read_schemes(read_sheet(made))
    assert (light["paper"], light["accent"]) == ("#fffdf8", LIGHT["accent"])
    assert (dark["paper"], dark["accent"], dark["line"]) == (DARK["paper"], "#ffc878", "#445566")


def test_a_logo_is_a_file_of_the_site_with_its_size(tmp_path: Path) -> None:
    made = make_site(
        tmp_path, "logo: {light: brand/a.svg, dark: brand/b.svg}", files={"brand/a.svg": SVG, "brand/b.svg": SVG}
    )
    files = dict(made.files())
    assert files["assets/images/logo.svg"] == files["assets/images/logo-dark.svg"] == SVG.encode()
    for path, page in read_pages(made).items():
        depth = "../" * path.count("/") if path != "404.html" else "/"
        assert f'<img src="{depth}assets/images/logo.svg" width="120" height="40" alt="">' in page, path
        assert f'srcset="{depth}assets/images/logo-dark.svg"' in page


def test_a_png_is_measured(tmp_path: Path) -> None:
    site = acme.make_site(tmp_path)
    acme.replace_text(site, *look("logo: logo.png"))
    (site / "logo.png").write_bytes(PNG)
    logo = load_library(site).settings.look.logo
    assert logo is not None
    assert (logo.path, logo.width, logo.height) == ("assets/images/logo.png", 64, 32)


def test_no_page_asks_for_a_logo_where_there_is_none(tmp_path: Path) -> None:
    assert not [path for path, page in read_pages(make_site(tmp_path)).items() if "<img" in page]


def test_own_words_stand_in_place_of_ours_in_their_language_alone(tmp_path: Path) -> None:
    pages = read_pages(make_site(tmp_path, "words: {es: {All notices: Nuestros avisos}}"))
    spanish = [page for path, page in pages.items() if path.startswith("es/")]
    assert spanish
    assert sum(">Nuestros avisos<" in page for page in spanish) >= len(spanish) - 1
    assert not any(">Todos los avisos<" in page for page in spanish)
    assert not any("Nuestros avisos" in page for path, page in pages.items() if path.startswith(("en/", "ja/")))


def test_own_words_are_spoken_in_redlines(tmp_path: Path) -> None:
    pages = read_pages(make_site(tmp_path, "words: {en: {'[inserted:': '[new words:'}}"))
    redlines = [page for path, page in pages.items() if re.search(r"^en/.*/compare/\d.+/", path) and "<ins" in page]
    assert redlines
    assert all("[new words:" in page and "[inserted:" not in page for page in redlines)


def test_the_nearest_locale_s_words_count() -> None:
    own = {"es": {"Changes": "A", "Source": "B"}, "es-419": {"Changes": "C"}, "en": {"Changes": "D"}}
    said = put_words(words("es-419"), own)
    assert (said.gettext("Changes"), said.gettext("Source"), said.gettext("Address")) == ("C", "B", "Dirección")
    assert words("es-419").gettext("Changes") != "C", "what is cached is left alone"


def test_own_words_have_contexts_and_values() -> None:
    said = put_words(words("en"), {"en": {"version | in force": "current", "Applies from {date}.": "As of {date}."}})
    assert said.pgettext("version", "in force") == "current"
    assert said.gettext("in force") == "in force"
    filled = said.gettext("Applies from {date}.", date=Markup("<time>x</time>"))
    assert filled == Markup("As of <time>x</time>.")
    assert isinstance(filled, Markup)


def test_every_message_may_be_asked_for_by_its_key() -> None:
    found = list_messages()
    assert found["All notices"] is False
    assert found["version | in force"] is False
    assert found["{n} word added"] is True


# ---- colours

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLORS, COLORS)
def test_a_colour_that_is_strengthened_can_be_read(color: str, ground: str) -> None:
    toward = max((BLACK, WHITE), key=lambda end: measure_contrast(end, ground))
    assert measure_contrast(strengthen(color, toward, (ground,)), ground) >= LEAST


@given(COLORS)
def test_a_derived_accent_can_be_read_in_the_dark(color: str) -> None:
    dark = find_palette(Look(colors={"accent": color})).dark
    weak = [
        pair for pair in list_pairs() if pair[0].startswith("accent") and pair[1] in {"paper", "tint", "accent-tint"}
    ]
    assert weak
    assert {pair: ratio for pair in weak if (ratio := measure_contrast(dark[pair[0]], dark[pair[1]])) < LEAST} == {}


@given(COLORS, COLORS, st.floats(0, 1))
def test_a_mixture_lies_between_its_colours(one: str, other: str, share: float) -> None:
    mixed = mix(one, other, share)
    assert (mix(one, other, 0), mix(one, other, 1)) == (one, other)
    for at in (1, 3, 5):
        parts = sorted(int(color[at : at + 2], 16) for color in (one, mixed, other))
        assert parts[1] == int(mixed[at : at + 2], 16)


def test_colours_are_read_in_three_ways() -> None:
    assert parse_color("#FFF") == parse_color("#ffffff") == parse_color("rgb(255, 255, 255)") == "#ffffff"
    assert parse_color("rgb(15 85 96)") == "#0f5560"


@pytest.mark.parametrize(
    "text", ["", "red", "#ff", "#ffff", "#gggggg", "rgb(1,2)", "rgb(256 0 0)", "#fff ", "#fff;", "#٣٣٣"]
)
def test_nothing_else_is_a_colour(text: str) -> None:
    with pytest.raises(ValueError, match="expected a colour"):
        parse_color(text)
