"""Layers that are made of layers: all of a network by their places, and none twice."""

from .layers import Layer


def by_place(layers, before=""):
    """Layers and those inside them, in order, by their places: "1" is followed by "1.0"."""
    found = {}
    for i, layer in enumerate(layers):
        place = f"{before}{i}"
        if not isinstance(layer, Layer):
            raise TypeError(f"layer {place} must be a Layer but got {layer!r}")
        if not isinstance(layer.layers, tuple):
            raise TypeError(
                f"layer {place}, {layer}: layers must be a tuple, the layers that it is made of, "
                f"but got {layer.layers!r:.60}; give the attribute another name if it is not that"
            )
        found |= {place: layer, **by_place(layer.layers, f"{place}.")}
    return found


def free(layers):
    """`by_place` of layers that nobody has: each can belong to one network, and once."""
    found, before = by_place(layers), []
    for place, layer in found.items():
        if layer._owned or any(layer is other for other in before):
            raise ValueError(
                f"layer {place}, {layer}, already belongs to a network; make a new one, "
                f"or a copy that keeps what it has learned: copy.deepcopy(layer)"
            )
        before.append(layer)
    return found
