"""dlcourse: a small NumPy library that reads like the mathematics.

Data flows one way: datasets -> fit -> Sequential.forward -> loss -> Sequential.backward
-> optimizer.step. Every public name can be imported from here.
"""

from .activations import *  # noqa: F403
from .batches import minibatches
from .batchnorm import BatchNorm
from .browser import runs_in_browser, scale
from .central_differences import numerical_gradient
from .claims import claim
from .datasets import mnist, moons, regression, spirals
from .diagnostics import activation_statistics, gradient_statistics, update_ratio
from .divergence import Diverged
from .dropout import Dropout, drop_columns
from .evaluation import accuracy, evaluate
from .gated import SwiGLU
from .gradcheck import check_gradients
from .history import History
from .initializers import *  # noqa: F403
from .layernorm import LayerNorm, RMSNorm
from .layers import Layer
from .linear import Linear
from .losses import mean_squared_error, softmax_cross_entropy
from .measured import between, glue
from .optimizers import *  # noqa: F403
from .rerun import base
from .residual import Residual
from .schedules import constant_lr, cosine_lr, linear_lr, step_lr, warmup_lr
from .search import *  # noqa: F403
from .seeding import replay, streams
from .sequential import Sequential
from .tables import study
from .thinned import monte_carlo, subnetworks
from .training import fit
from .tuning import Tuned, tuned

__version__ = "0.2.0"
