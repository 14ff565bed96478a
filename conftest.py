"""What plain `pytest` leaves out, said at its beginning."""


def pytest_report_header(config):
    if config.args_source is config.ArgsSource.TESTPATHS:
        return (
            "plain pytest runs the tests that need no built site, one after the other;\n"
            "make test runs everything, on all cores: also the examples in docstrings, "
            "the chapters and the site"
        )
    return None
