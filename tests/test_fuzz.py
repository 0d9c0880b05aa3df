"""Whatever people do to a site, each command ends with findings, and nothing is changed that was not asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import acme, fuzz


def test_hundred_broken_sites(tmp_path: Path) -> None:
    ends, failures = fuzz.run_many(range(100), tmp_path, say=lambda _: None)
    assert failures == []
    assert sum(ends.values()) == 100
    assert any("exit 0" in end for end in ends)
    assert any("exit 1" in end for end in ends)


@pytest.mark.slow
def test_thousands_of_broken_sites(tmp_path: Path) -> None:
    _, failures = fuzz.run_many(range(10**6, 10**6 + 2_000), tmp_path, say=lambda _: None)
    assert failures == []


@given(
    path=st.sampled_from(sorted(acme.FILES)),
    text=st.text(max_size=300) | st.text(alphabet="#-:{}[]|>*&!%@`'\"\n \t{%}(),.0aé", max_size=120),
    at=st.floats(0, 1),
    replaces=st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_anywhere(tmp_path: Path, path: str, text: str, at: float, *, replaces: bool) -> None:
    site = acme.make_site(tmp_path / "site")
    old = acme.FILES[path]
    cut = int(len(old) * at)
    (site / path).write_bytes((text if replaces else old[:cut] + text + old[cut:]).encode("utf-8", "surrogatepass"))
    before = fuzz.list_state(tmp_path)
    code, told = fuzz.call(site, ("check",))
    assert code in {0, 1}, told
    assert "Traceback" not in told
    assert fuzz.list_state(tmp_path) == before
