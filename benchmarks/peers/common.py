"""What the peers share: the task, the data, the clock.

The task is one CD-1 step of a Bernoulli machine with 784 visible and 1024 hidden units, in float32:

    h0 = sigmoid(v0 W + c),  hs ~ Bernoulli(h0),  v1 = sigmoid(hs W' + b),  h1 = sigmoid(v1 W + c)
    dW <- m dW + rate ((v0' h0 - v1' h1) / B - L2 W),  W <- W + dW       (biases alike, without L2)

A step includes picking its rows from the shuffled data. The time of a step is the median within a round, and the best of five
rounds, as in `boltzmann bench`.
"""
import gzip
import json
import os
import platform
import time

import numpy as np

VISIBLE, HIDDEN = 784, 1024
LEARNING_RATE, MOMENTUM, L2 = 0.05, 0.5, 1e-4
BATCHES = (10, 100, 1000)
ROUNDS, ROUND_SECONDS, FEWEST_STEPS = 5, 0.6, 10
WARM_STEPS, WARM_BATCH, JUDGED_ROWS = 100, 100, 1000


def load():
    """Grey digits in 0..1: MNIST's training set below $BOLTZMANN_DATA, else random strokes of its density (19 % of pixels are not 0)."""
    folder = os.environ.get("BOLTZMANN_DATA")
    path = folder and os.path.join(folder, "mnist", "train-images-idx3-ubyte.gz")
    if path and os.path.exists(path):
        with gzip.open(path) as file:
            return "mnist", np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, VISIBLE).astype(np.float32) / 255
    random = np.random.default_rng(1)
    kinds = random.random((10, VISIBLE)) < 0.22
    shown = kinds[random.integers(10, size=10_000)] & (random.random((10_000, VISIBLE)) < 0.87)
    return "random", np.where(shown, random.uniform(0.36, 1, shown.shape), 0).astype(np.float32)


def start(data):
    """W ~ N(0, 0.01²), visible biases from the pixels' means, hidden biases 0."""
    means = data.mean(0).clip(1e-3, 1 - 1e-3)
    weights = np.random.default_rng(2).normal(0, 0.01, (VISIBLE, HIDDEN))
    return weights.astype(np.float32), np.log(means / (1 - means)).astype(np.float32), np.zeros(HIDDEN, np.float32)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def reconstruction_error(weights, visible_bias, hidden_bias, rows):
    """Mean squared error of the mean-field reconstruction."""
    hidden = sigmoid(rows @ weights + hidden_bias)
    return float(np.mean((rows - sigmoid(hidden @ weights.T + visible_bias)) ** 2))


def batches_of(data, size, seed):
    """Rows in random order, again and again; the last partial batch is left out, so that all steps are alike."""
    random = np.random.default_rng(seed)
    while True:
        order = random.permutation(len(data))
        for first in range(0, len(data) - size + 1, size):
            yield order[first:first + size]


def median_of_best_round(step):
    best = float("inf")
    for _ in range(ROUNDS):
        times = []
        while sum(times) < ROUND_SECONDS or len(times) < FEWEST_STEPS:
            before = time.perf_counter()
            step()
            times.append(time.perf_counter() - before)
        best = min(best, float(np.median(times)))
    return best * 1e3


def blas():
    """Which library the products run on: the file that is loaded."""
    with open("/proc/self/maps") as maps:
        files = {os.path.basename(line.split()[-1]) for line in maps}
    known = sorted(f for f in files if f.startswith(("libopenblas", "libmkl_rt", "libblis")) and f.count("."))
    return ", ".join(known) or ("reference" if any(f.startswith("libblas.so") for f in files) else "built in")


def report(name, version, data_name, errors, times):
    """One JSON line for `run`. A peer that did not learn did not do the work."""
    if not errors[1] < 0.9 * errors[0]:
        raise SystemExit(f"{name} has not learned: the reconstruction error went from {errors[0]:.4f} to {errors[1]:.4f}")
    print(json.dumps({
        "peer": name, "version": version, "python": platform.python_version(), "blas": blas(), "data": data_name,
        "reconstruction_error": {"start": errors[0], "end": errors[1]},
        "cases": [{"batch": batch, "step_ms": ms} for batch, ms in times.items()],
    }))


def run(name, version, machine):
    """Teaches a machine, made from (weights, visible bias, hidden bias, data), whose step(indices) learns and arrays() gives its parameters back."""
    data_name, data = load()
    peer = machine(*start(data), data)
    judged = data[:JUDGED_ROWS]
    before = reconstruction_error(*start(data), judged)
    warm = batches_of(data, WARM_BATCH, seed=3)
    for _ in range(WARM_STEPS):
        peer.step(next(warm))
    after = reconstruction_error(*peer.arrays(), judged)
    times = {}
    for size in BATCHES:
        rows = batches_of(data, size, seed=4)
        times[size] = median_of_best_round(lambda: peer.step(next(rows)))
    report(name, version, data_name, (before, after), times)
