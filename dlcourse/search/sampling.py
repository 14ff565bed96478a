"""Random search: draw everything, run everything, keep everything."""

from .._errors import whole_number
from .designs import GROWING, check_design
from .spaces import count, draw


def random_search(
    objective,
    space,
    trials=100,
    seed=0,
    executor=None,
    journal=None,
    progress=False,
    timeout=None,
    design="random",
):
    r"""Try configurations drawn at random, and keep the score of each.

    All configurations and seeds are drawn before the first trial runs. So the table
    depends on `seed` only, not on the number of workers or on who is first. The chance
    that the best of *n* trials is among the best share *q* of the space is

    .. math:: P = 1 - (1 - q)^n

    Parameters
    ----------
    objective : callable
        ``objective(config, seed) -> float``, higher is better: a score on *validation*
        data. `objective_for` makes one.
    space : dict of str -> Uniform, LogUniform, IntUniform or Choice
        The range of each parameter.
    trials : int
        How many configurations. The first ones are the same for every number.
    seed : int
        Of all random numbers.
    executor : concurrent.futures.Executor, optional
        Where the trials run: a process pool, ``loky.get_reusable_executor(4)``, or a
        whole cluster with Dask's ``client.get_executor()``. Without one: here. In a
        browser, which has no threads or processes, always here, and a line says so. When this
        process is killed, workers that have begun a trial end with it; a worker of your own
        pool that never had one does not know of us, and may stay.
    journal : path, optional
        A file that gets one line for each finished trial. If it exists, the search goes
        on from it, and ends with the table it would have had. It may then ask for more
        `trials`. A second search on the file is refused while the first one runs. If something
        removes or changes it meanwhile, it is written anew, with a warning. It knows the
        objective by its name and what it holds: the attributes of an object (or what its own
        ``__repr__`` says), the variables that an inner function took along. What a function
        computes is not compared.
    progress : bool
        Show a bar with the best score so far (needs tqdm).
    timeout : float, optional
        Seconds that a trial may take, from when it is sent to a worker that has started.
        One that takes longer is marked, its worker is killed and replaced, and the rest
        goes on. Only with a pool of processes or Dask: nothing else can be killed. A pool
        is asked for its kind and number of workers only; the search starts its own.
    design : {"random", "halton", "latin"}
        How the configurations lie in the space: drawn independently; as points of Halton's
        sequence with permuted digits [2]_, which fill the space evenly; or as a Latin
        hypercube [3]_, in which each range, cut into as many equal parts as there are
        trials, has one trial in each part. With "latin" another number of trials is another
        design; with the others the first ones stay the same.

    Returns
    -------
    Trials
        All trials in the order in which they were drawn, failed ones with their error.

    Raises
    ------
    TypeError, ValueError
        Before anything runs: an empty space, no trials, an objective that cannot be
        sent to the workers, a journal of another search, a `timeout` where no worker can
        be killed, a parameter that nobody reads (`objective_for`).
    RuntimeError
        If every trial failed, with the first cause; at once, if another search is running
        on the journal.
    Interrupted
        After Ctrl-C, at once; its ``.trials`` has what was done.

    Notes
    -----
    A trial fails alone: when the objective raises, returns NaN, infinity or no number,
    when its time is up, or when its worker dies twice, the second time while it ran that
    trial only. Each trial gets a copy of its configuration, and runs with one BLAS thread
    if threadpoolctl is installed.

    References
    ----------
    .. [1] J. Bergstra and Y. Bengio, Random search for hyper-parameter optimization, Journal
       of Machine Learning Research 13, 2012.
    .. [2] A. Owen, A randomized Halton algorithm in R, 2017.
    .. [3] M. McKay, R. Beckman and W. Conover, A comparison of three methods for selecting
       values of input variables, Technometrics 21, 1979.

    Examples
    --------
    >>> import math
    >>> from dlcourse import LogUniform, Uniform
    >>> def objective(config, seed):
    ...     return -((math.log10(config["lr"]) + 2) ** 2) - config["rate"]
    >>> space = {"lr": LogUniform(1e-6, 1), "rate": Uniform(0, 0.8)}
    >>> trials = random_search(objective, space, trials=60, seed=0)
    >>> trials
    Trials(60 trials, best score -0.1172)
    """
    trials = count("trials", trials)
    seed = whole_number("seed", seed, low=0)
    settings = {"search": "random_search", "seed": seed, "trials": trials}
    settings |= {} if check_design(design) == "random" else {"design": design}
    free = ("trials",) if design in GROWING else ()  # the first ones are the same
    from .running import Runner  # here, so that `import dlcourse` stays light

    with Runner(
        objective, space, settings, trials, executor, journal, progress, timeout, free
    ) as runner:
        runner.run(*draw(runner.space, trials, seed, design=design))
        return runner.trials()
