"""The page *The same in PyTorch*: each file gives the numbers that the chapters store."""

import importlib.util
import re

import nbformat
import numpy as np
import pytest
from cases import REPOSITORY

import dlcourse as dl

CHAPTERS = REPOSITORY / "chapters"
FILES = sorted((CHAPTERS / "pytorch").glob("*.py"))
MEASURED = "application/papermill.record/application/vnd.dlcourse.measured+json"


@pytest.fixture(scope="module")
def torch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: make peers")
    torch.set_num_threads(1)
    return torch


def the_same(name):
    """A file of the page, as a module."""
    spec = importlib.util.spec_from_file_location(
        f"pytorch_{name}", CHAPTERS / f"pytorch/{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outputs(chapter):
    (path,) = (p for p in CHAPTERS.glob(f"{chapter:02}-*.ipynb") if "beyond" not in p.name)
    cells = nbformat.read(path, as_version=4).cells
    return [output for cell in cells for output in cell.get("outputs", [])]


def stored(chapter, name):
    """The range of a measured value that a chapter hands to its text."""
    for output in outputs(chapter):
        if output.get("metadata", {}).get("scrapbook", {}).get("name") == name:
            return output.data[MEASURED]["low"], output.data[MEASURED]["high"]
    raise LookupError(f"chapter {chapter} stores no value {name}: change this test with it")


def printed(chapter, words):
    """The range that a chapter prints behind these words, as in "≈14 (5 to 20)"."""
    text = "".join(output.get("text", "") for output in outputs(chapter))
    found = re.search(re.escape(words) + r" ≈?\S+ \((\S+) to (\S+)\)", text)
    if found is None:
        raise LookupError(f"chapter {chapter} prints no {words!r}: change this test with it")
    return float(found[1]), float(found[2])


def test_dropout(torch):
    file = the_same("dropout")
    arms = {"none": (0.0, 0.56), "pixels": (0.2, 0.32)}
    wrong = {arm: [file.wrong(*arms[arm], seed) for seed in range(4)] for arm in arms}
    for arm in arms:
        table = dl.study("dropout-arms")
        ours = table.per_seed("test", arm=arm, digits=500, optimizer="Momentum", epochs=50)
        assert np.mean(wrong[arm]) == pytest.approx(np.mean(ours), abs=0.8)
    assert np.all(np.subtract(wrong["none"], wrong["pixels"]) > 0)


def test_activations(torch):
    file, init = the_same("activations"), torch.nn.init
    pairs = {"sigmoid": init.xavier_normal_, "tanh": init.xavier_normal_,
             "relu": the_same("initialization").he}  # fmt: skip
    left = {
        name: np.median([file.kept(getattr(torch, name), start, seed) for seed in range(5)])
        for name, start in pairs.items()
    }
    low, high = stored(2, "a-left")  # the chapter says so many millionths
    assert low <= left["sigmoid"] / 1e-6 <= high
    assert min(left["tanh"], left["relu"]) > 0.2


def test_batch_normalization(torch):
    file = the_same("batch_normalization")
    plain = [file.epochs_needed(None, 3, seed) for seed in range(3)]
    norm = [file.epochs_needed(torch.nn.BatchNorm1d, 0.3, seed) for seed in range(3)]
    low, high = printed(3, "epochs without / epochs with:")
    assert low <= np.median(np.divide(plain, norm)) <= high


def factor(init, seed, depth=20, width=256):
    """What chapters/pytorch/initialization.py computes, with dlcourse."""
    layers = [f(width) for _ in range(depth) for f in (lambda n: dl.Linear(n, n, init=init), relu)]
    h = np.random.default_rng(seed).normal(size=(500, width)).astype(np.float32)
    after = dl.Sequential(*layers, seed=seed).forward(h)
    return np.log2(np.sqrt(np.mean(after**2) / np.mean(h**2))) / depth


def relu(_):
    return dl.ReLU()


def test_initialization(torch):
    file = the_same("initialization")
    pairs = {dl.xavier_normal: torch.nn.init.xavier_normal_, dl.he_normal: file.he}
    for ours, theirs in pairs.items():
        means = [np.mean([f(start, s) for s in range(5)])
                 for f, start in ((factor, ours), (file.factor, theirs))]  # fmt: skip
        assert means[0] == pytest.approx(means[1], abs=0.05)
    assert abs(means[1]) < 0.05


def test_optimizers(torch):
    file, steepness = the_same("optimizers"), 100.0
    for ours, theirs in (
        (dl.SGD(lr=0.019), {"lr": 0.019}),
        (dl.Momentum(lr=0.033, momentum=0.67), {"lr": 0.033, "momentum": 0.67}),
    ):
        w, steps = np.ones(2), 0
        while np.linalg.norm(w) >= 0.01:
            ours.step(w, np.array([1.0, steepness]) * w)
            steps += 1
        assert file.steps(lambda p, set=theirs: torch.optim.SGD(p, **set), steepness) == steps


def test_search(torch):
    file, rates, lost = the_same("search"), np.geomspace(1e-3, 1, 7), []
    for seed in range(3):
        sgd, adam = (
            [file.right(method, lr, seed) for lr in rates]
            for method in (torch.optim.SGD, torch.optim.Adam)
        )
        lost.append(max(adam) - adam[int(np.argmax(sgd))])
    low, high = stored(6, "hp-carried")
    assert low <= np.median(lost) <= high


def code_lines(text):
    """Lines of code: imports, docstrings and blank lines left out."""
    text = re.sub(r'""".*?"""', "", text, flags=re.DOTALL)
    lines = [line for line in text.splitlines() if line.strip()]
    return [line for line in lines if not line.startswith(("import ", "from "))]


def test_each_file_is_short_tested_and_on_the_page():
    page = (CHAPTERS / "pytorch.md").read_text("utf-8")
    assert len(FILES) == 6
    for path in FILES:
        assert len(code_lines(path.read_text("utf-8"))) <= 25
        assert f"test_{path.stem}" in globals()
        assert f"{{literalinclude}} pytorch/{path.name}\n" in page


def test_a_value_that_a_chapter_does_not_store_is_told():
    with pytest.raises(LookupError, match="chapter 2 stores no value nothing"):
        stored(2, "nothing")
    with pytest.raises(LookupError, match="chapter 3 prints no 'nothing'"):
        printed(3, "nothing")
