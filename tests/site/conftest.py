"""The built site on a local server, and one headless Chromium."""

import functools
import os
import shutil
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items):
    """What is asked of one page is asked in one process, which then reads its file once."""
    for item in items:
        name = getattr(item, "callspec", None) and item.callspec.params.get("name")
        if name and name != "404" and "browser" not in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group(str(name)))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextmanager
def serving(folder):
    """Serve a folder; gives its address, which ends in a slash."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def site():
    assert (SITE / "index.html").is_file(), "the site is not built; run: make book"
    with serving(SITE) as address:
        yield address


@pytest.fixture(scope="session")
def published(site, tmp_path_factory):
    """The site in the folder of its host where `_config.yml` says that it is published."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    path = urlsplit(config["html"]["baseurl"]).path.strip("/")
    if not path:
        yield site
        return
    folder = tmp_path_factory.mktemp("host")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).symlink_to(SITE)
    with serving(folder) as address:
        yield f"{address}{path}/"


def chromium():
    """Where the browser is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    path = chromium()
    if path is None:
        message = "Chromium is missing: run `make browser`, or install the package chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
