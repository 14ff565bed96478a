"""What `fit` can know before the first step it says before it, and everything is as it was."""

import numpy as np
import pytest
from bad_fits import BAD_DATA, BAD_SETTINGS, SAVING, XV, YV, V, X, Y, refused
from cases import network

import dlcourse as dl

pytestmark = pytest.mark.filterwarnings("ignore:the matrix subclass")


def named(case):
    return ", ".join(case[2:4])[:60]


@pytest.mark.parametrize("case", BAD_DATA, ids=named)
def test_data_that_do_not_fit(tmp_path, case):
    refused(tmp_path, *case)


@pytest.mark.parametrize("case", BAD_SETTINGS, ids=named)
def test_settings_that_do_not_fit(tmp_path, case):
    refused(tmp_path, *case)


@pytest.mark.parametrize("case", [*BAD_DATA[:8], *BAD_SETTINGS, *SAVING], ids=named)
def test_with_a_checkpoint(tmp_path, case):
    """New, and then with the file of a run that got somewhere: neither is touched."""
    path = tmp_path / "run.npz"
    refused(tmp_path, *case, checkpoint=path)
    assert not path.exists()
    call = {"optimizer": dl.Adam(), "epochs": 1, "batch_size": 13, "checkpoint": path}
    dl.fit(network(), (X, Y), (XV, YV), **call)
    refused(tmp_path, *case[:2], checkpoint=path)


def test_fewer_epochs_than_the_checkpoint_holds(tmp_path):
    path = tmp_path / "run.npz"
    call = {"batch_size": 13, "checkpoint": path}
    dl.fit(network(), (X, Y), optimizer=dl.Adam(), epochs=3, **call)
    refused(tmp_path, {"epochs": 2, **call}, V, "holds 3 epochs already", "epochs=2")


def test_a_schedule_that_is_wrong_where_the_run_goes_on(tmp_path):
    path = tmp_path / "run.npz"
    call = {"batch_size": 13, "checkpoint": path}
    dl.fit(network(), (X, Y), optimizer=dl.Adam(), epochs=2, **call)
    schedule = {"schedule": lambda t: 1.0 if t < 8 else np.nan}
    refused(tmp_path, {"epochs": 3, **schedule, **call}, V, "schedule(8)")


def test_the_good_call_is_good(tmp_path):
    """The cases above fail for their own reason: without the change there is no error."""
    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        refused(tmp_path, {}, Exception)


@pytest.mark.parametrize("n", [1, 2, 19, 20, 21, 39, 40, 41, 60, 1000, 1001, 2001])
@pytest.mark.parametrize("batch_size", [1, 2, 7, 20, 600, 1000, 1001, 5000])
def test_the_rule_of_the_last_batch_is_that_of_the_batches(n, batch_size):
    """Refused exactly where a batch of one row comes, also in the parts that the loss looks at."""
    x, y = dl.moons(n + n % 2)
    sizes = []

    def loss(z, part):
        sizes.append(len(part))
        return dl.softmax_cross_entropy(z, part)

    rng = np.random.default_rng(0)
    smallest = min(len(b) for _, b in dl.minibatches(x[:n], y[:n], batch_size, rng))
    for least in (1, 2, 5):
        model = dl.Sequential(dl.Linear(2, 2))
        model.layers[0].min_rows = least
        call = {"optimizer": dl.SGD(0.1), "epochs": 1, "batch_size": batch_size, "loss": loss}
        if smallest < least:
            with pytest.raises(ValueError, match=f"needs at least {least} rows"):
                dl.fit(model, (x[:n], y[:n]), **call)
        else:
            dl.fit(model, (x[:n], y[:n]), **call)
            assert min(sizes) >= least
