"""What a student wrote, run and checked: text in, the check's verdict out."""

import itertools
import linecache

_number = itertools.count()


def loaded(text):
    """What a student's text defines: the last class or function in it."""
    import dlcourse

    filename = f"answer_{next(_number)}.py"
    names = {**vars(dlcourse), "__name__": "student"}
    before = set(names)
    exec("import numpy as np\nimport random", names)
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    exec(compile(text, filename, "exec"), names)
    return [v for k, v in names.items() if k not in before and k not in ("np", "random")][-1]


def checked(which, answer):
    """Run the check of a topic on an answer."""
    import dlcourse
    from dlcourse import checks

    topic = which.split()[0]
    if topic in ("dropout", "batchnorm", "narrow"):
        return getattr(checks, topic)(answer)
    like = getattr(dlcourse, topic)
    if like.__module__.startswith("dlcourse.optimizers"):
        return checks.optimizer(answer, like=like)
    if isinstance(like, type):
        return checks.activation(answer, like=like)
    return checks.initializer(answer, like=like)
