"""A warning that comes out of dlcourse is an error in these tests."""

import warnings

import pytest


@pytest.fixture(autouse=True)
def _warnings_of_dlcourse_are_errors():
    with warnings.catch_warnings():
        warnings.filterwarnings("error", module=r"dlcourse(\.|$)")
        yield
