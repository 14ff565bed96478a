"""Every layer, called alone, refuses arrays that compute in another way, forward and backward."""

import numpy as np
import pytest
from cases import LAYERS

ODD = {"matrix": np.matrix, "masked": lambda x: np.ma.masked_greater(x, 2)}


@pytest.mark.filterwarnings("ignore:the matrix subclass")
@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("name", LAYERS)
def test_every_layer_alone_refuses_arrays_with_other_arithmetic(name, kind):
    layer, x = LAYERS[name](3), np.ones((4, 3), np.float32)
    layer.start(np.random.default_rng(0))
    for train in (False, True):
        with pytest.raises(TypeError, match="x must be a plain NumPy array"):
            layer.forward(ODD[kind](x), train=train)
    y = layer.forward(x, train=True)
    with pytest.raises(TypeError, match="dy must be a plain NumPy array"):
        layer.backward(ODD[kind](y))
