"""Do the PyTorch programs do the work that common.py describes? Teaches both and a plain float64 version on the same rows, with the
same uniform numbers behind every sample, and compares all parameters."""
import numpy as np
import torch

import common
from torch_tuned import TunedRbm
from torch_tutorial import TutorialRbm

STEPS = 20


def plain(weights, visible_bias, hidden_bias, data, batches, uniforms):
    w, b, c = (a.astype(np.float64) for a in (weights, visible_bias, hidden_bias))
    dw, db, dc = np.zeros_like(w), np.zeros_like(b), np.zeros_like(c)
    for indices, uniform in zip(batches, uniforms):
        v0 = data[indices].astype(np.float64)
        h0 = common.sigmoid(v0 @ w + c)
        v1 = common.sigmoid((uniform < h0) @ w.T + b)
        h1 = common.sigmoid(v1 @ w + c)
        dw = common.MOMENTUM * dw + common.LEARNING_RATE * ((v0.T @ h0 - v1.T @ h1) / len(v0) - common.L2 * w)
        db = common.MOMENTUM * db + common.LEARNING_RATE * (v0 - v1).mean(0)
        dc = common.MOMENTUM * dc + common.LEARNING_RATE * (h0 - h1).mean(0)
        w, b, c = w + dw, b + db, c + dc
    return w, b, c


def main():
    _, data = common.load()
    worst = 0.0
    for size in common.BATCHES:
        source = common.batches_of(data, size, seed=5)
        batches = [next(source) for _ in range(STEPS)]
        uniforms = np.random.default_rng(6).random((STEPS, size, common.HIDDEN), np.float32)
        expected = plain(*common.start(data), data, batches, uniforms)
        moved = max(np.abs(e - s).max() for e, s in zip(expected, common.start(data)))
        for machine in (TutorialRbm, TunedRbm):
            given = iter(uniforms)

            originals = torch.bernoulli, torch.rand
            torch.bernoulli = lambda p: (torch.from_numpy(next(given)) < p).float()
            torch.rand = lambda shape, out: out.copy_(torch.from_numpy(next(given)))
            peer = machine(*common.start(data), data)
            with torch.no_grad():
                for indices in batches:
                    peer.step(indices)
            torch.bernoulli, torch.rand = originals
            difference = max(np.abs(e - a).max() for e, a in zip(expected, peer.arrays()))
            worst = max(worst, difference / moved)
            print(f"{machine.__name__}, batch {size}: after {STEPS} steps parameters moved by up to {moved:.4f} and differ by up to {difference:.1e}")
    # One sample that falls the other way by rounding moves a weight by rate/B of its row: 0.5 % of what batch 10 learns here.
    if worst > 0.02:
        raise SystemExit("the peers do not do the same work")


if __name__ == "__main__":
    main()
