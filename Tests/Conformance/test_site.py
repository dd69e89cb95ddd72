"""The documentation site: built with all its code run, read from files, as a person without a network does."""

import json
import subprocess
import time

import pytest
from conftest import ROOT

pytest.importorskip("selenium.webdriver")
from selenium.webdriver.common.by import By  # noqa: E402
from test_browser import browser, pytestmark, wait  # noqa: E402,F401


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place = tmp_path_factory.mktemp("site") / "site"
    done = subprocess.run([ROOT / "script" / "docs", place], capture_output=True, text=True, timeout=1_800)
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]
    return place


def requests(browser):
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]


@pytest.mark.parametrize("width", [390, 1300])
def test_no_page_is_cut_complains_or_asks_the_network(browser, site, width):  # noqa: F811
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    )
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        browser.get(page.as_uri())
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{page.name} is {wide} wide"
        assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"], page.name
        assert not [url for url in requests(browser) if not url.startswith(("file:", "data:"))], page.name


def test_search_finds_what_people_look_for(browser, site):  # noqa: F811
    for words, page in [("spreadsheet", "how-to/spreadsheet"), ("licence budget", "how-to/choose"), ("regret", "evaluation")]:
        browser.get(f"{(site / 'search.html').as_uri()}?q={words.replace(' ', '+')}")
        wait(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#search-results li a"), f"nothing for {words}", 20)
        time.sleep(0.5)
        found = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "#search-results li a")]
        assert any(page in link for link in found), (words, found)


def test_a_link_that_leads_nowhere_or_outside_is_told(tmp_path):
    import sys

    sys.path.insert(0, str(ROOT / "script" / "support" / "site"))
    import check

    (tmp_path / "other.html").write_text("<p id='here'></p>")
    (tmp_path / "index.html").write_text(
        "<a href='gone.html'></a><a href='other.html#there'></a><a href='other.html#here'></a>"
        "<a href='https://example.org'></a><script src='https://example.org/x.js'></script><img src='p.png'>"
    )
    number, problems = check.problems(tmp_path)
    assert number == 2
    assert [problem.split(": ", 1)[-1] for problem in problems] == [
        "gone.html leads nowhere", "other.html#there names no place of that page",
        "index.html fetches https://example.org/x.js", "p.png leads nowhere", "the picture p.png has no words",
    ]
