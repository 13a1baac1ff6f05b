"""Chromium, and the example's site on loopback."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.gates import chromium, find_chromium
from tests.browser.serving import serve


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Absent: skipped by name, or failed where VB_REQUIRE_BROWSER=1."""
    if find_chromium() is None:
        reason = f"Chromium ontbreekt: {os.environ.get('CHROMIUM') or 'chromium'} is niet gevonden"
        if os.environ.get("VB_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    with serve(built_site) as address:
        yield address
