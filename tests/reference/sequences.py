#!/usr/bin/env python3
"""Numbers of machines with memory that tests/Boltzmann.Tests/Temporal compares with: writes sequences.json to its Reference folder.

Run: python3 tests/reference/sequences.py (no package needed)
Everything is computed from the formulas alone, the slow way: memories as sums over the whole past, likelihoods of machines with hidden units by adding up
all states, gradients by the complex step (Squire and Trapp 1998), Im f(x + ih)/h, which is exact to the last digits and knows nothing of error
back-propagation. Parameters have the names and shapes of model files; numbers in files are float64.
"""
import cmath
import itertools
import json
import math
import pathlib

FILE = pathlib.Path(__file__).resolve().parent.parent / "Boltzmann.Tests" / "Temporal" / "Reference" / "sequences.json"
TINY = 1e-40
BITS = [[1, 0, 1], [0, 1, 1], [1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0], [1, 1, 1]]
REALS = [[0.3, -1.1], [0.7, 0.4], [-0.2, 1.5], [1.1, 0.1], [-0.6, -0.9], [0.5, 0.8], [0.2, -0.4]]


def numbers(rows, columns, start):
    """Parameters without a pattern, between -0.9 and 0.9."""
    return [[round(0.9 * math.sin(1.7 * start + 2.3 * r + 0.9 * c + 0.4 * r * c), 3) for c in range(columns)] for r in range(rows)]


def before(rows, t, delta):
    """x_(t - delta); zero before the first step."""
    return rows[t - delta] if t - delta >= 0 else [0.0] * len(rows[0])


def log_sigmoid(x, a):
    """log p(x) of a binary unit with input a."""
    return x * a - cmath.log(1 + cmath.exp(a))


def product(row, matrix):
    return [sum(x * matrix[i][j] for i, x in enumerate(row)) for j in range(len(matrix[0]))]


def plus(*rows):
    return [sum(values) for values in zip(*rows)]


# --- memories as the definitions have them

def trace_context(rows, t, delay, decays):
    """z_t = [x_(t-1) ... x_(t-d+1), e_1 ... e_K], e_k = sum over delta >= d of lambda_k^(delta-d) x_(t-delta)."""
    z = [x for delta in range(1, delay) for x in before(rows, t, delta)]
    for decay in decays:
        z += plus([0.0] * len(rows[0]), *[[decay ** (delta - delay) * x for x in before(rows, t, delta)] for delta in range(delay, t + 1)])
    return z


def delay_traces(rows, t, s):
    """alpha_ijk, beta_ijl for each connection in the order i V + j, gamma_il for each unit."""
    v = len(rows[0])
    alpha, beta = [], []
    for i in range(v):
        for j in range(v):
            d = s["delays"][i * v + j]
            alpha.append([sum(k ** (delta - d) * before(rows, t, delta)[i] for delta in range(d, t + 1)) for k in s["lambdas"]])
            beta.append([sum(m ** (d - 1 - delta) * before(rows, t, delta)[i] for delta in range(1, d)) for m in s["mus"]])
    gamma = [[sum(m ** delta * before(rows, t, delta)[i] for delta in range(1, t + 1)) for m in s["mus"]] for i in range(v)]
    return alpha, beta, gamma


# --- log p(x_t | x_1 ... x_(t-1)) for each step

def dybm(p, s, rows, units):
    for t, x in enumerate(rows):
        a = plus(p["layers.0.bias"][0], [sum(w * z for w, z in zip(row, trace_context(rows, t, s["delay"], s["decays"])))
                                        for row in p["weights.0-1"]])
        if units == "bernoulli":
            yield sum(log_sigmoid(x[i], a[i]) for i in range(len(x)))
        else:
            gamma = s["precision"]
            yield sum(-gamma[i] / 2 * (x[i] - a[i] / gamma[i]) ** 2 + 0.5 * math.log(gamma[i] / (2 * math.pi)) for i in range(len(x)))


def delays(p, s, rows):
    v, u, w = len(rows[0]), p["memory.u"], p["memory.v"]
    for t, x in enumerate(rows):
        alpha, beta, gamma = delay_traces(rows, t, s)
        total = 0
        for j in range(v):
            a = p["layers.0.bias"][0][j]
            for i in range(v):
                c, back = i * v + j, j * v + i
                a += sum(u[c][k] * alpha[c][k] for k in range(len(s["lambdas"])))
                a -= sum(w[c][n] * beta[c][n] for n in range(len(s["mus"])))
                a -= sum(w[back][n] * s["mus"][n] ** (s["delays"][back] - 1) * gamma[i][n] for n in range(len(s["mus"])))
            total += log_sigmoid(x[j], a)
        yield total


def enumerated(x, b, c, weights):
    """log p(x) of an RBM, by adding up all states of both layers."""
    def mass(v):
        return sum(cmath.exp(sum(b[i] * v[i] for i in range(len(b))) + sum(c[j] * h[j] for j in range(len(c)))
                             + sum(v[i] * weights[i][j] * h[j] for i in range(len(b)) for j in range(len(c))))
                   for h in itertools.product([0, 1], repeat=len(c)))
    return cmath.log(mass(x)) - cmath.log(sum(mass(v) for v in itertools.product([0, 1], repeat=len(b))))


def rtrbm(p, s, rows):
    r = None
    for x in rows:
        # weights.1-2 is B = U transposed: [H x H], row j to hidden unit j.
        c = p["memory.first"][0] if r is None else plus(p["layers.1.bias"][0], [sum(w * y for w, y in zip(row, r)) for row in p["weights.1-2"]])
        yield enumerated(x, p["layers.0.bias"][0], c, p["weights.0-1"])
        r = [1 / (1 + cmath.exp(-a)) for a in plus(product(x, p["weights.0-1"]), c)]


def rnn_rbm(p, s, rows):
    u = p["memory.first"][0]
    for x in rows:
        b = plus(p["layers.0.bias"][0], [sum(w * y for w, y in zip(row, u)) for row in p["weights.0-2"]])
        c = plus(p["layers.1.bias"][0], [sum(w * y for w, y in zip(row, u)) for row in p["weights.1-2"]])
        yield enumerated(x, b, c, p["weights.0-1"])
        u = [cmath.tanh(a) for a in plus(p["memory.bias"][0], product(u, p["memory.recurrent"]), product(x, p["memory.input"]))]


# --- gradients and updates, of any of them

def slope(function, p, name, r, c):
    held = p[name][r][c]
    p[name][r][c] = held + TINY * 1j
    value = function(p).imag / TINY
    p[name][r][c] = held
    return value


def gradient(function, p):
    return {name: [[slope(function, p, name, r, c) for c in range(len(m[0]))] for r in range(len(m))] for name, m in p.items()}


def online(steps, p, rate, epsilon):
    """A pass of AdaGrad, a step at a time, epsilon outside the root; steps(p)[t] is log p of step t."""
    p = json.loads(json.dumps(p))
    squares = {name: [[0.0] * len(m[0]) for _ in m] for name, m in p.items()}
    seen = []
    for t in range(len(list(steps(p)))):
        seen.append(complex(list(steps(p))[t]).real)
        for name, g in gradient(lambda q: list(steps(q))[t], p).items():
            for r, row in enumerate(g):
                for c, value in enumerate(row):
                    squares[name][r][c] += value * value
                    p[name][r][c] += rate * value / (math.sqrt(squares[name][r][c]) + epsilon)
    return {"rate": rate, "epsilon": epsilon, "log-probabilities": seen, "parameters": p}


def case(steps, p, s, rows, contexts=None, is_online=False):
    one = {"settings": s, "rows": rows, "parameters": p,
           "log-probabilities": [complex(value).real for value in steps(p)],
           "gradient": gradient(lambda q: sum(steps(q)) / len(rows), p)}
    if contexts:
        one["memory"] = contexts
    if is_online:
        one["online"] = online(steps, p, 0.2, 1e-6)
    return one


def main():
    cases = {}
    for units, rows in [("bernoulli", BITS), ("gaussian", REALS)]:
        v = len(rows[0])
        s = {"delay": 3, "decays": [0.3, 0.8]}
        if units == "gaussian":
            s["precision"] = [1.6, 0.7]
        p = {"layers.0.bias": numbers(1, v, 1), "weights.0-1": numbers(v, 4 * v, 2)}
        cases[units] = case(lambda q, s=s, rows=rows, units=units: list(dybm(q, s, rows, units)), p, s, rows,
                            [trace_context(rows, t, 3, s["decays"]) for t in range(len(rows))], is_online=True)
    s = {"delays": [1, 3, 2, 4, 2, 1, 2, 3, 5], "lambdas": [0.25, 0.75], "mus": [0.5, 0.6]}
    p = {"layers.0.bias": numbers(1, 3, 3), "memory.u": numbers(9, 2, 4), "memory.v": numbers(9, 2, 5)}
    traces = [dict(zip(["alpha", "beta", "gamma"], delay_traces(BITS, t, s))) for t in range(len(BITS))]
    cases["delays"] = case(lambda q: list(delays(q, s, BITS)), p, s, BITS, traces, is_online=True)
    p = {"layers.0.bias": numbers(1, 3, 6), "layers.1.bias": numbers(1, 2, 7), "weights.0-1": numbers(3, 2, 8), "weights.1-2": numbers(2, 2, 9),
         "memory.first": numbers(1, 2, 10)}
    cases["rtrbm"] = case(lambda q: list(rtrbm(q, {}, BITS)), p, {}, BITS)
    p = {"layers.0.bias": numbers(1, 3, 11), "layers.1.bias": numbers(1, 2, 12), "weights.0-1": numbers(3, 2, 13),
         "weights.0-2": numbers(3, 4, 14), "weights.1-2": numbers(2, 4, 15), "memory.first": numbers(1, 4, 16), "memory.bias": numbers(1, 4, 17),
         "memory.recurrent": numbers(4, 4, 18), "memory.input": numbers(3, 4, 19)}
    cases["rnn-rbm"] = case(lambda q: list(rnn_rbm(q, {}, BITS)), p, {}, BITS)
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(cases, indent=None, separators=(",", ": ")).replace('"settings"', '\n"settings"').replace(
        ',"rows"', ',\n"rows"').replace(',"parameters"', ',\n"parameters"').replace(',"log-probabilities"', ',\n"log-probabilities"').replace(
        ',"gradient"', ',\n"gradient"').replace(',"memory"', ',\n"memory"').replace(',"online"', ',\n"online"') + "\n")


main()
