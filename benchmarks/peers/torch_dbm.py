"""One update of a deep Boltzmann machine 784-512-1024 in PyTorch, products into memory that is kept: ten mean-field sweeps for 100 rows, from a doubled pass upward, one sweep of 100 persistent chains,
the update of weights and biases with momentum and L2."""
import json
import platform

import numpy as np
import torch

import common

LOWER, UPPER, BATCH, SWEEPS, RATE = 512, 1024, 100, 10, 5e-4


class Machine:
    def __init__(self, data):
        random = np.random.default_rng(2)
        mean = data.mean(0).clip(1e-3, 1 - 1e-3)
        self.data = torch.from_numpy(data)
        self.w1 = torch.from_numpy(random.normal(0, 0.01, (common.VISIBLE, LOWER)).astype(np.float32))
        self.w2 = torch.from_numpy(random.normal(0, 0.01, (LOWER, UPPER)).astype(np.float32))
        self.b = torch.from_numpy(np.log(mean / (1 - mean)).astype(np.float32))
        self.c1, self.c2 = torch.zeros(LOWER), torch.zeros(UPPER)
        self.parameters = [self.w1, self.w2, self.b, self.c1, self.c2]
        self.moves = [torch.zeros_like(p) for p in self.parameters]
        self.v, self.below = torch.empty(BATCH, common.VISIBLE), torch.empty(BATCH, LOWER)
        self.m1, self.m2 = torch.empty(BATCH, LOWER), torch.empty(BATCH, UPPER)
        self.cv, self.c1s, self.c2s = self.data[:BATCH].clone(), torch.bernoulli(torch.full((BATCH, LOWER), 0.5)), torch.empty(BATCH, UPPER)
        self.p1 = torch.empty(BATCH, LOWER)

    def step(self, indices):
        torch.index_select(self.data, 0, torch.from_numpy(indices), out=self.v)
        torch.addmm(self.c1, self.v, self.w1, out=self.below)
        torch.mul(self.below, 2, out=self.m1).sub_(self.c1).sigmoid_()
        torch.addmm(self.c2, self.m1, self.w2, out=self.m2).sigmoid_()
        for _ in range(SWEEPS):
            torch.addmm(self.below, self.m2, self.w2.t(), out=self.m1).sigmoid_()
            torch.addmm(self.c2, self.m1, self.w2, out=self.m2).sigmoid_()
        torch.addmm(self.b, self.c1s, self.w1.t(), out=self.cv).sigmoid_().bernoulli_(self.cv)
        torch.addmm(self.c2, self.c1s, self.w2, out=self.c2s).sigmoid_().bernoulli_(self.c2s)
        torch.addmm(self.c1, self.cv, self.w1, out=self.p1).addmm_(self.c2s, self.w2.t()).sigmoid_()
        torch.bernoulli(self.p1, out=self.c1s)
        rate, keep = RATE / BATCH, common.MOMENTUM
        d1, d2, db, dc1, dc2 = self.moves
        d1.mul_(keep).add_(self.w1, alpha=-RATE * common.L2).addmm_(self.v.t(), self.m1, alpha=rate).addmm_(self.cv.t(), self.p1, alpha=-rate)
        d2.mul_(keep).add_(self.w2, alpha=-RATE * common.L2).addmm_(self.m1.t(), self.m2, alpha=rate).addmm_(self.p1.t(), self.c2s, alpha=-rate)
        db.mul_(keep).add_((self.v - self.cv).sum(0), alpha=rate)
        dc1.mul_(keep).add_((self.m1 - self.p1).sum(0), alpha=rate)
        dc2.mul_(keep).add_((self.m2 - self.c2s).sum(0), alpha=rate)
        for parameter, move in zip(self.parameters, self.moves):
            parameter.add_(move)


def main():
    torch.set_num_threads(1)
    name, data = common.load()
    with torch.no_grad():
        machine = Machine(data)
        rows = common.batches_of(data, BATCH, seed=3)
        for _ in range(common.WARM_STEPS):
            machine.step(next(rows))
        time = common.median_of_best_round(lambda: machine.step(next(rows)))
    print(json.dumps({"peer": "PyTorch", "version": torch.__version__, "python": platform.python_version(), "blas": common.blas(), "data": name, "cases": [{"batch": BATCH, "step_ms": time}]}))


if __name__ == "__main__":
    main()
