"""Logistic regression that starts from verdicts at hand and learns what to add to them.

The fine-tuned encoder already scores each label. A ridge penalty on plain weights pulls these
scores towards "know nothing", which costs several points of F1; here the penalty pulls towards
"as the encoder says" (a Gaussian prior whose mean is the source model: Chelba & Acero 2004,
"Adaptation of maximum entropy capitalizer: little data can help a lot", EMNLP).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from models.measures import Bools, Floats


def fit_slopes(verdicts: Floats, truth: Bools, weights: Floats) -> tuple[Floats, float]:
    """Return what each verdict counts, and an intercept, shared by the labels of a dimension.

    A fine-tuned encoder is too sure of itself; a few numbers from all labels together mend that
    (Platt 1999; Guo et al. 2017, "On calibration of modern neural networks", section 4.2), where
    a few numbers a label would follow the luck of few positives.

    Parameters
    ----------
    verdicts : ndarray of shape (passages, labels, verdicts)
        The encoder's logits, and what else scores the same labels.
    truth : ndarray of shape (passages, labels)
    weights : ndarray of shape (passages,)
    """
    x = verdicts.reshape(-1, verdicts.shape[2])
    each = np.repeat(weights, verdicts.shape[1])
    return fit_residual(x, np.zeros(len(x)), truth.ravel(), each, 1e6)


def fit_slopes_softmax(verdicts: Floats, answers: npt.NDArray[np.int64], weights: Floats) -> Floats:
    """Return what each of the verdicts (passages, labels, verdicts) counts, labels excluding."""
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    right = np.eye(verdicts.shape[1])[answers]

    def loss(slopes: Floats) -> tuple[float, Floats]:
        logs = log_softmax(verdicts @ slopes, axis=1)
        pull = weights[:, None] * (np.exp(logs) - right)
        return -float((weights[:, None] * right * logs).sum()), np.einsum(
            "nl,nlv->v", pull, verdicts
        )

    start = np.eye(verdicts.shape[2])[0]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def fit_residual(
    x: Floats, offset: Floats, y: Bools, weights: Floats, c: float
) -> tuple[Floats, float]:
    """Return the weights (columns,) over `x` and the intercept, without the offset in them.

    Parameters
    ----------
    x : ndarray of shape (passages, columns)
        Standardised features.
    offset, y, weights : ndarray of shape (passages,)
        The encoder's logits, the truth, and how much each passage counts.
    c : float
        Inverse strength of the penalty, as in scikit-learn; the intercept is free.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    sign = np.where(y, 1.0, -1.0)

    def loss(theta: Floats) -> tuple[float, Floats]:
        margin = sign * (offset + x @ theta[:-1] + theta[-1])
        pull = -sign * weights * expit(-margin)
        value = (weights * np.logaddexp(0, -margin)).sum() + (theta[:-1] ** 2).sum() / (2 * c)
        gradient = np.append(x.T @ pull + theta[:-1] / c, pull.sum())
        return float(value), gradient

    theta = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return theta[:-1], float(theta[-1])


def fit_residual_softmax(
    x: Floats, offsets: Floats, answers: npt.NDArray[np.int64], weights: Floats, c: float
) -> tuple[Floats, Floats]:
    """Return weights (labels, columns) and intercepts (labels,) where labels exclude each other.

    Parameters
    ----------
    x : ndarray of shape (passages, columns)
    offsets : ndarray of shape (passages, labels)
    answers : ndarray of shape (passages,)
        The number of the right label.
    weights : ndarray of shape (passages,)
    c : float
    """
    from scipy.optimize import minimize
    from scipy.special import log_softmax

    n, k = x.shape[1], offsets.shape[1]
    right = np.eye(k)[answers]

    def loss(theta: Floats) -> tuple[float, Floats]:
        w, b = theta[: n * k].reshape(n, k), theta[n * k :]
        logs = log_softmax(offsets + x @ w + b, axis=1)
        pull = weights[:, None] * (np.exp(logs) - right)
        # The free intercepts have no mean of their own: a breath of penalty pins it to zero.
        value = -(weights * logs[np.arange(len(x)), answers]).sum()
        value += (w**2).sum() / (2 * c) + 1e-3 * (b**2).sum()
        gradient = np.concatenate([(x.T @ pull + w / c).ravel(), pull.sum(0) + 2e-3 * b])
        return float(value), gradient

    theta = minimize(loss, np.zeros((n + 1) * k), jac=True, method="L-BFGS-B").x
    return theta[: n * k].reshape(n, k).T, theta[n * k :]


def as_estimator(coefficients: Floats, intercepts: Floats, classes: npt.NDArray[Any]) -> Any:
    """Wrap weights (rows, columns) as a scikit-learn estimator, the form heads are saved in."""
    from sklearn.linear_model import LogisticRegression

    if len(coefficients) == len(classes) == 2:  # scikit-learn's short form of two classes
        coefficients, intercepts = np.diff(coefficients, axis=0), np.diff(intercepts)
    model = LogisticRegression()
    model.coef_, model.intercept_ = coefficients, intercepts
    model.classes_, model.n_features_in_ = classes, coefficients.shape[1]
    model.n_iter_ = np.array([0])
    return model
