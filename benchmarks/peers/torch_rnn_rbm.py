#!/usr/bin/python3
"""Steps a second that PyTorch learns of an RNN-RBM (Boulanger-Lewandowski, Bengio and Vincent 2012): 88 visible, 150 hidden and 100
recurrent units, CD-15 with sampled units, ten sequences at once, cut after 100 steps, gradient norm at most 1, momentum 0.9, rate 0.001.
Beside "boltzmann bench --cases rnn-rbm": random rolls of the same lengths, range, density and held chords, another draw of them.

The network is torch.nn.RNN on packed sequences, the chain runs without autograd into memory that is kept, and the gradient is autograd's of
the mean difference of free energies. One JSON line.

  torch_rnn_rbm.py [THREADS]     1 unless given; OpenBLAS has threads of its own, all cores unless OMP_NUM_THREADS says otherwise
"""
import json
import platform
import sys
import time

import numpy as np
import torch

import common

VISIBLE, HIDDEN, RECURRENT = 88, 150, 100
STEPS, BATCH, TRUNCATE, RATE, MOMENTUM, CLIP = 15, 10, 100, 0.001, 0.9, 1.0
TUNES, EPOCHS = 30, 5
LOWEST, RANGE, MEAN_LENGTH, SPREAD, NOTES, HELD = 10, 63, 254, 134, 3.96, 0.36


def rolls():
    random = np.random.default_rng(1)
    tunes = []
    for _ in range(TUNES):
        length = int(MEAN_LENGTH + np.sqrt(3) * SPREAD * random.uniform(-1, 1))
        tune = np.zeros((length, VISIBLE), np.float32)
        for t in range(length):
            if t > 0 and random.random() < HELD:
                tune[t] = tune[t - 1]
            else:
                tune[t, LOWEST:LOWEST + RANGE] = random.random(RANGE) < NOTES / RANGE
        tunes.append(torch.from_numpy(tune))
    return tunes


class RnnRbm(torch.nn.Module):
    def __init__(self):
        super().__init__()
        normal = lambda *shape: torch.nn.Parameter(0.01 * torch.randn(*shape))
        self.w, self.a, self.b = normal(VISIBLE, HIDDEN), normal(RECURRENT, VISIBLE), normal(RECURRENT, HIDDEN)
        self.visible_bias, self.hidden_bias = torch.nn.Parameter(torch.zeros(VISIBLE)), torch.nn.Parameter(torch.zeros(HIDDEN))
        self.first = torch.nn.Parameter(torch.zeros(RECURRENT))
        self.network = torch.nn.RNN(VISIBLE, RECURRENT)
        for p in self.network.parameters():
            torch.nn.init.normal_(p, std=0.01) if p.dim() > 1 else torch.nn.init.zeros_(p)

    def biases(self, packed, state):
        """What the network says before each step, and its states after the last ones."""
        states, _ = self.network(packed, state.unsqueeze(0))
        sizes = packed.batch_sizes.tolist()
        previous, begin = list(range(sizes[0])), sizes[0]
        for before, now in zip(sizes, sizes[1:]):
            previous += range(begin, begin + now)
            begin += before
        context = torch.cat([state, states.data])[torch.tensor(previous)]
        return self.visible_bias + context @ self.a, self.hidden_bias + context @ self.b, states

    def free_energy(self, v, visible, hidden):
        return -(v * visible).sum() - torch.nn.functional.softplus(hidden + v @ self.w).sum()

    @torch.no_grad()
    def chain(self, rows, visible, hidden):
        v, h, inputs = rows, torch.empty_like(hidden), torch.empty_like(visible)
        for _ in range(STEPS):
            torch.addmm(hidden, v, self.w, out=h).sigmoid_()
            torch.bernoulli(h, out=h)
            torch.addmm(visible, h, self.w.t(), out=inputs).sigmoid_()
            v = torch.bernoulli(inputs, out=inputs)
        return v


def learn(model, optimizer, tunes):
    tunes = sorted(tunes, key=len, reverse=True)
    state = None
    for begin in range(0, len(tunes[0]), TRUNCATE):
        parts = [tune[begin:begin + TRUNCATE] for tune in tunes if len(tune) > begin]
        packed = torch.nn.utils.rnn.pack_sequence(parts)
        start = model.first.expand(len(parts), -1) if state is None else state[:len(parts)]
        visible, hidden, states = model.biases(packed, start)
        sample = model.chain(packed.data, visible, hidden)
        loss = (model.free_energy(packed.data, visible, hidden) - model.free_energy(sample, visible, hidden)) / len(packed.data)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        # Sequences that go on have all steps of the stretch, so their last state is that of the last time.
        with torch.no_grad():
            padded, _ = torch.nn.utils.rnn.pad_packed_sequence(states)
            state = padded[-1]


@torch.no_grad()
def error(model, tune):
    visible, hidden, _ = model.biases(torch.nn.utils.rnn.pack_sequence([tune]), model.first.expand(1, -1))
    means = torch.sigmoid(torch.sigmoid(hidden + tune @ model.w) @ model.w.t() + visible)
    return float(((tune - means) ** 2).mean())


def main():
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    torch.manual_seed(2)
    tunes, model, random = rolls(), RnnRbm(), np.random.default_rng(3)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE, momentum=MOMENTUM)
    before, best, steps = error(model, tunes[0]), float("inf"), sum(map(len, tunes))
    for _ in range(EPOCHS):
        clock, order = time.perf_counter(), random.permutation(TUNES)
        for begin in range(0, TUNES, BATCH):
            learn(model, optimizer, [tunes[i] for i in order[begin:begin + BATCH]])
        best = min(best, time.perf_counter() - clock)
    after = error(model, tunes[0])
    if not after < 0.9 * before:
        raise SystemExit(f"PyTorch has not learned: the reconstruction error went from {before:.4f} to {after:.4f}")
    print(json.dumps({
        "peer": "PyTorch", "version": torch.__version__, "python": platform.python_version(), "blas": common.blas(),
        "threads": torch.get_num_threads(), "data": "random rolls", "reconstruction_error": {"start": before, "end": after},
        "steps_per_second": round(steps / best),
    }))


if __name__ == "__main__":
    main()
