#!/usr/bin/env python3
"""Results of scikit-learn that tests/Boltzmann.Tests/Classifiers compares with: writes digits.npz, iris.npz and versions.json to its Reference folder.

Run with Debian's python3-sklearn: /usr/bin/python3 tests/reference/classifiers.py
The rows are those of scikit-learn's bundled sets, in a fixed random order; the first part trains, the next is judged. Settings are stored with the results.
"""
import json
import pathlib
import platform

import numpy as np
import scipy
import sklearn
from sklearn.datasets import load_digits, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Boltzmann.Tests" / "Classifiers" / "Reference"
NEIGHBORS = [1, 3, 8]


def neighbours(results, x, y, z):
    """Probabilities by k-NN, and for which rows the k nearest are settled: where the k-th and the next distance differ."""
    for metric in ["euclidean", "cosine"]:
        distances = np.sort(pairwise_distances(z, x, metric=metric), axis=1)
        for k in NEIGHBORS:
            results[f"knn_{metric}_{k}_settled"] = (distances[:, k] - distances[:, k - 1] > 1e-9 * distances[:, k]).astype(np.uint8)
            for weights in ["uniform", "distance"]:
                model = KNeighborsClassifier(k, weights=weights, metric=metric, algorithm="brute").fit(x, y)
                results[f"knn_{metric}_{k}_{weights}"] = model.predict_proba(z)
                results[f"knn_{metric}_{k}_{weights}_predictions"] = model.predict(z)


def machines(results, x, y, z):
    """Decision values, one versus one, predictions and the dual objective of the first pair, for two C; gamma scale and a given one."""
    for name, c, gamma in [("scale", 10.0, "scale"), ("given", 0.5, 0.9 / (x.var() * x.shape[1]))]:
        model = SVC(C=c, gamma=gamma, tol=1e-6, decision_function_shape="ovo", cache_size=500).fit(x, y)
        results[f"svc_{name}_settings"] = np.array([[c, model._gamma]])
        results[f"svc_{name}_decisions"] = model.decision_function(z)
        results[f"svc_{name}_predictions"] = model.predict(z)
        pair = np.isin(y, [0, 1])
        two = SVC(C=c, gamma=model._gamma, tol=1e-6).fit(x[pair], y[pair])
        weights, vectors = two.dual_coef_[0], two.support_vectors_
        kernel = np.exp(-model._gamma * pairwise_distances(vectors, metric="sqeuclidean"))
        results[f"svc_{name}_objective"] = np.array([[np.abs(weights).sum() - 0.5 * weights @ kernel @ weights]])


def logistic(results, x, y, z):
    """Coefficients, loss and probabilities at convergence; the biases shifted to a sum of 0, which changes no probability."""
    for c in [1.0, 0.01]:
        model = LogisticRegression(C=c, multi_class="multinomial", solver="newton-cg", tol=1e-8, max_iter=100000).fit(x, y)
        name = f"logistic_{c:g}"
        probabilities = model.predict_proba(x)
        loss = -np.log(probabilities[np.arange(len(y)), y]).mean() + 0.5 / (c * len(y)) * (model.coef_**2).sum()
        results[f"{name}_settings"] = np.array([[c]])
        results[f"{name}_weights"] = model.coef_.T
        results[f"{name}_bias"] = (model.intercept_ - model.intercept_.mean())[None]
        results[f"{name}_loss"] = np.array([[loss]])
        results[f"{name}_probabilities"] = model.predict_proba(z)


def write(name, data, training, judged, scale):
    order = np.random.RandomState(1).permutation(len(data.target))[: training + judged]
    x, y = data.data[order] / scale, data.target[order]
    results = {"train_x": x[:training], "train_y": y[:training], "test_x": x[training:], "test_y": y[training:]}
    for part in [neighbours, machines, logistic]:
        part(results, x[:training], y[:training], x[training:])
    np.savez_compressed(FOLDER / f"{name}.npz", **results)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    write("digits", load_digits(), 500, 200, 16)
    write("iris", load_iris(), 100, 50, 1)
    versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
    (FOLDER / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


main()
