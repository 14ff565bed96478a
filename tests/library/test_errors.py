"""Every error says what was wrong, what came, and what to do."""

import bad_input
import bad_layers
import pytest

TABLE = bad_input.TABLE + bad_layers.TABLE


@pytest.mark.parametrize("row", range(len(TABLE)))
def test_error(row):
    call, error, *fragments = TABLE[row]
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    for fragment in fragments:
        assert fragment in str(caught.value)
