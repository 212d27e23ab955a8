"""One step of fine-tuning a network 784-1024-10 (sigmoid, softmax) at batches of 128 by Adam in PyTorch, in two forms: as everybody writes it, with autograd and
torch.optim.Adam, and with care: gradients written out, products into memory that is kept, Adam in place over flat parameters."""
import gzip
import json
import os
import platform

import numpy as np
import torch

import common

CLASSES, BATCH, RATE, BETA1, BETA2, EPSILON = 10, 128, 1e-3, 0.9, 0.999, 1e-8
WARM_STEPS = 200


def labels(name, count):
    if name != "mnist":
        return np.random.default_rng(7).integers(CLASSES, size=count)
    with gzip.open(os.path.join(os.environ["BOLTZMANN_DATA"], "mnist", "train-labels-idx1-ubyte.gz")) as file:
        return np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)


def start():
    random = np.random.default_rng(2)

    def glorot(rows, columns):
        limit = np.sqrt(6 / (rows + columns))
        return random.uniform(-limit, limit, (rows, columns)).astype(np.float32)

    return glorot(common.VISIBLE, common.HIDDEN), np.zeros(common.HIDDEN, np.float32), glorot(common.HIDDEN, CLASSES), np.zeros(CLASSES, np.float32)


class Usual:
    form = "autograd, torch.optim.Adam"

    def __init__(self, data, targets):
        self.data, self.targets = torch.from_numpy(data), torch.from_numpy(targets)
        w1, b1, w2, b2 = (torch.from_numpy(a.copy()) for a in start())
        self.model = torch.nn.Sequential(torch.nn.Linear(common.VISIBLE, common.HIDDEN), torch.nn.Sigmoid(), torch.nn.Linear(common.HIDDEN, CLASSES))
        with torch.no_grad():
            for parameter, value in zip(self.model.parameters(), (w1.t(), b1, w2.t(), b2)):
                parameter.copy_(value)
        self.optimizer = torch.optim.Adam(self.model.parameters(), lr=RATE)
        self.loss = torch.nn.CrossEntropyLoss()

    def step(self, indices):
        rows = torch.from_numpy(indices)
        self.optimizer.zero_grad(set_to_none=True)
        self.loss(self.model(self.data[rows]), self.targets[rows]).backward()
        self.optimizer.step()

    def arrays(self):
        return [p.detach().numpy() for p in (self.model[0].weight.t(), self.model[0].bias, self.model[2].weight.t(), self.model[2].bias)]


class Tuned:
    form = "gradients written out, Adam in place"

    def __init__(self, data, targets):
        self.data, self.targets = torch.from_numpy(data), torch.from_numpy(np.eye(CLASSES, dtype=np.float32)[targets])
        shapes = [a.shape for a in start()]
        sizes = [int(np.prod(s)) for s in shapes]
        self.flat, self.gradient = torch.empty(sum(sizes)), torch.empty(sum(sizes))
        self.w1, self.b1, self.w2, self.b2 = (part.view(shape) for part, shape in zip(self.flat.split(sizes), shapes))
        self.g1, self.h1, self.g2, self.h2 = (part.view(shape) for part, shape in zip(self.gradient.split(sizes), shapes))
        for parameter, value in zip((self.w1, self.b1, self.w2, self.b2), start()):
            parameter.copy_(torch.from_numpy(value))
        self.first, self.second, self.scratch = torch.zeros_like(self.flat), torch.zeros_like(self.flat), torch.empty_like(self.flat)
        self.x, self.t = torch.empty(BATCH, common.VISIBLE), torch.empty(BATCH, CLASSES)
        self.a, self.z, self.e, self.slope = torch.empty(BATCH, common.HIDDEN), torch.empty(BATCH, CLASSES), torch.empty(BATCH, common.HIDDEN), torch.empty(BATCH, common.HIDDEN)
        self.time = 0

    def step(self, indices):
        rows = torch.from_numpy(indices)
        torch.index_select(self.data, 0, rows, out=self.x)
        torch.index_select(self.targets, 0, rows, out=self.t)
        torch.addmm(self.b1, self.x, self.w1, out=self.a).sigmoid_()
        torch.addmm(self.b2, self.a, self.w2, out=self.z)
        error = torch.softmax(self.z, 1).sub_(self.t).div_(BATCH)
        torch.mm(error, self.w2.t(), out=self.e)
        torch.mul(self.a, self.a, out=self.slope)
        self.e.mul_(torch.sub(self.a, self.slope, out=self.slope))
        torch.mm(self.x.t(), self.e, out=self.g1)
        torch.sum(self.e, 0, out=self.h1)
        torch.mm(self.a.t(), error, out=self.g2)
        torch.sum(error, 0, out=self.h2)
        self.time += 1
        self.first.mul_(BETA1).add_(self.gradient, alpha=1 - BETA1)
        self.second.mul_(BETA2).addcmul_(self.gradient, self.gradient, value=1 - BETA2)
        torch.sqrt(self.second, out=self.scratch).div_(np.sqrt(1 - BETA2 ** self.time)).add_(EPSILON)
        self.flat.addcdiv_(self.first, self.scratch, value=-RATE / (1 - BETA1 ** self.time))

    def arrays(self):
        return [p.numpy() for p in (self.w1, self.b1, self.w2, self.b2)]


def main():
    torch.set_num_threads(1)
    name, data = common.load()
    targets = labels(name, len(data))
    cases, learned = [], []
    for kind in (Usual, Tuned):
        with torch.set_grad_enabled(kind is Usual):
            peer = kind(data, targets)
            rows = common.batches_of(data, BATCH, seed=3)
            for _ in range(WARM_STEPS):
                peer.step(next(rows))
            learned.append([a.copy() for a in peer.arrays()])
            cases.append({"form": kind.form, "batch": BATCH, "step_ms": common.median_of_best_round(lambda: peer.step(next(rows)))})
    # The same rows in the same order: the two forms must have learned the same network.
    moved = max(np.abs(a - b).max() for a, b in zip(learned[0], start()))
    apart = max(np.abs(a - b).max() for a, b in zip(*learned))
    if not apart < 0.02 * moved:
        raise SystemExit(f"the two forms are {apart:.2g} apart after steps of up to {moved:.2g}")
    print(json.dumps({"peer": "PyTorch", "version": torch.__version__, "python": platform.python_version(), "blas": common.blas(), "data": name, "cases": cases}))


if __name__ == "__main__":
    main()
