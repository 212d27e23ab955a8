"""scikit-learn's BernoulliRBM: less work than the others (no momentum, no penalty) but for sampling the visible units too; its chains
persist. `fit` is timed, because `partial_fit` converts everything to float64."""
import time
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import BernoulliRBM

import common

SECONDS, PROBE_STEPS, FEWEST_STEPS = 0.6, 3, 5                # a step of batch 1000 takes a good part of a second


def main():
    data_name, data = common.load()
    judged = data[:common.JUDGED_ROWS]
    order = np.random.default_rng(3).permutation(len(data))

    def fit(batch, steps):
        rows = data[np.resize(order, batch * steps)]
        machine = BernoulliRBM(common.HIDDEN, learning_rate=common.LEARNING_RATE, batch_size=batch, n_iter=1, random_state=1)
        before = time.perf_counter()
        machine.fit(rows)
        return (time.perf_counter() - before) / steps * 1e3, machine

    _, learned = fit(common.WARM_BATCH, common.WARM_STEPS)
    end = common.reconstruction_error(learned.components_.T, learned.intercept_visible_, learned.intercept_hidden_, judged)
    weights, _, hidden_bias = common.start(data)
    begin = common.reconstruction_error(weights, np.zeros(common.VISIBLE, np.float32), hidden_bias, judged)
    times = {}
    for batch in common.BATCHES:
        probe, _ = fit(batch, PROBE_STEPS)
        steps = max(FEWEST_STEPS, int(SECONDS * 1e3 / probe))
        times[batch] = min(fit(batch, steps)[0] for _ in range(common.ROUNDS))
    common.report("scikit-learn BernoulliRBM", sklearn.__version__, data_name, (begin, end), times)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
