"""Steer Firefox and WebKit with the standards that they speak: a page to go to, scripts to run.

Playwright brings patched builds of both, which no package registry has; here they are the system's.
"""

import contextlib
import json
import re
import subprocess
import time
from itertools import count
from urllib.request import Request, urlopen

from websocket import create_connection

PATIENCE = 120  # seconds; the machine may be busy


@contextlib.contextmanager
def firefox(program, folder):
    """Through WebDriver BiDi, which Firefox offers by itself; gives (go, run)."""
    command = [program, "--headless", "--remote-debugging-port=0", "--profile", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = (re.search(r"ws://\S+", line) for line in process.stderr)
        socket = create_connection(
            next(filter(None, said))[0] + "/session", timeout=PATIENCE, suppress_origin=True
        )
        numbers = count(1)

        def call(method, **params):
            number = next(numbers)
            socket.send(json.dumps({"id": number, "method": method, "params": params}))
            while (answer := json.loads(socket.recv())).get("id") != number:
                pass  # an event, not an answer
            assert answer["type"] == "success", answer
            return answer["result"]

        def run(script):
            here = {"target": {"context": tab}, "awaitPromise": True}
            text = f"JSON.stringify((() => {{ {script} }})() ?? null)"
            return json.loads(call("script.evaluate", expression=text, **here)["result"]["value"])

        try:
            call("session.new", capabilities={})
            tab = call("browsingContext.getTree")["contexts"][0]["context"]
            go = lambda url: call("browsingContext.navigate", context=tab, url=url, wait="complete")  # noqa: E731
            yield go, run
        finally:
            process.terminate()


@contextlib.contextmanager
def webkit(program, port=47474):
    """Through WebDriver and the driver of WebKitGTK; gives (go, run)."""
    with subprocess.Popen([program, f"--port={port}"]) as process:

        def call(place, **data):
            address = f"http://127.0.0.1:{port}/session{place}"
            kind = {"Content-Type": "application/json"}
            request = Request(address, data=json.dumps(data).encode(), headers=kind)
            with urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]

        try:
            for _ in range(PATIENCE):
                with contextlib.suppress(OSError):
                    session = call("", capabilities={"alwaysMatch": {}})["sessionId"]
                    break
                time.sleep(1)
            go = lambda url: call(f"/{session}/url", url=url)  # noqa: E731
            yield go, lambda script: call(f"/{session}/execute/sync", script=script, args=[])
        finally:
            process.terminate()
