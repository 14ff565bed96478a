"""Run one submission, cell by cell, in this process: python -m grading.child FD < plan.

The plan is JSON on the standard input. What happens is told on the file descriptor FD, a line
of JSON each, with the key of the plan: which cell begins, what a test found. So what was graded
stays graded when this process dies in the next cell.
"""

import ast
import json
import os
import signal
import sys
from types import ModuleType

try:
    import resource
except ImportError:  # Windows has no such limits; the page says so
    resource = None

REACHED = "_reached_the_end_"  # a name that the last line of a test makes


def limit(memory, file_size):
    """Limits of this process: bytes of memory, and of a file that it writes."""
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def definitions(source):
    """What a cell defines, without what it runs: for a cell that killed the process."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return ""
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return "\n".join(ast.unparse(each) for each in body if isinstance(each, kinds))


class Given:
    """The names that belong to the assignment: tests see them as they were handed out."""

    def __init__(self, space):
        self.space, self.names, self.modules = space, {}, {}

    def remember(self, names):
        self.names.update({name: self.space[name] for name in names if name in self.space})

    def remember_library(self):
        """The functions of dlcourse, which a cell could replace."""
        import dlcourse
        import dlcourse.checks

        for module in (dlcourse, dlcourse.checks):
            self.modules[module] = dict(vars(module))

    def restore(self):
        """Put back what was replaced; its names."""
        changed = [
            name
            for name, what in self.names.items()
            if self.space.get(name, self) is not what
            and (callable(what) or isinstance(what, ModuleType) or name.isupper())
        ]
        self.space.update(self.names)
        for module, before in self.modules.items():
            for name, what in before.items():
                if not name.startswith("__") and vars(module).get(name) is not what:
                    setattr(module, name, what)
                    changed.append(f"{module.__name__}.{name}")
        return changed


class Clock:
    """Interrupts a cell that runs too long, and remembers that it did."""

    def __init__(self, seconds):
        self.seconds, self.rang = seconds, False
        signal.signal(signal.SIGALRM, self.ring)

    def ring(self, signum, frame):
        self.rang = True
        raise KeyboardInterrupt("the time limit of a cell")

    def start(self):
        self.rang = False
        signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def stop(self):
        signal.setitimer(signal.ITIMER_REAL, 0)


def problem(result):
    """What went wrong in a cell, or None."""
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return None
    try:
        text = str(error)
    except Exception:
        text = "(its text raises an error, too)"
    return f"{type(error).__name__}: {text}"[:3000]


def main():
    plan = json.load(sys.stdin)
    sys.path[:0] = plan["path"]
    limit(plan["memory"], plan["file_size"])
    events = os.fdopen(int(sys.argv[1]), "w", buffering=1, encoding="utf-8")
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)

    from IPython.core.interactiveshell import InteractiveShell

    from grading.names import names_made

    shell = InteractiveShell.instance(colors="nocolor")
    shell.history_manager.enabled = False
    given = Given(shell.user_ns)
    given.remember_library()
    clock = Clock(plan["seconds"])

    def tell(**event):
        events.write(json.dumps(event | {"key": plan["key"]}) + "\n")

    for number, step in enumerate(plan["steps"]):
        source = step["source"]
        if number in plan["deadly"]:
            source = definitions(source) if step["kind"] == "own" else ""
        changed = given.restore() if step["kind"] == "test" else []
        tell(begin=number)
        test = step["kind"] == "test"
        shell.user_ns.pop(REACHED, None)
        source += f"\n{REACHED} = True" if test else ""
        try:
            clock.start()
            found = problem(shell.run_cell(source, store_history=True))
            clock.stop()
        except BaseException as error:  # an alarm just behind the cell
            found = f"{type(error).__name__}: {error}"
        if test and found is None and REACHED not in shell.user_ns:
            found = "left before its end"
        if clock.rang:
            found = f"stopped: more than {plan['seconds']:g} seconds"
        if number in plan["deadly"]:
            found = plan["deadly_text"]
        if step["kind"] == "given":
            given.remember(names_made(source))
        tell(end=number, error=found, changed=changed, stopped=clock.rang)
    tell(done=True)
    events.flush()
    os._exit(0)  # threads and exit handlers of the submission do not matter any more


if __name__ == "__main__":
    main()
