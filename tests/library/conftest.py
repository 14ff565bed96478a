"""A warning that comes out of dlcourse is an error here; every kind of executor for a search."""

import warnings
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor

import loky
import pytest


@pytest.fixture(autouse=True)
def _warnings_of_dlcourse_are_errors():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module=r"dlcourse(\.|$)")
        yield


class Now(Executor):
    """The smallest executor: runs a call when it is submitted."""

    def submit(self, function, *args):
        future = Future()
        future.set_result(function(*args))
        return future


@pytest.fixture(scope="module")
def client():
    import dask
    from distributed import Client, LocalCluster

    with (
        dask.config.set({"distributed.worker.daemon": True}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(params=["threads", "processes", "loky", "Dask", "any"])
def executor(request):
    name = request.param
    if name == "Dask":
        yield request.getfixturevalue("client").get_executor()
    elif name == "loky":
        yield loky.get_reusable_executor(2)
    else:
        make = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor}
        with make[name](2) if name in make else Now() as pool:
            yield pool
