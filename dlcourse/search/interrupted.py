"""What a search raises after Ctrl-C."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C stopped a search; ``trials`` has what was done until then.

    Trials that were not done have no score, and say so in ``trials.errors``. It can be
    pickled, with its trials.

    Examples
    --------
    >>> issubclass(Interrupted, KeyboardInterrupt)
    True
    """

    def __init__(self, trials, message):
        super().__init__(message)
        self.trials = trials

    def __reduce__(self):  # an exception would be made again from its message alone
        return type(self), (self.trials, *self.args), self.__dict__
