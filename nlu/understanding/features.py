"""Four views on a message, each TF-IDF: words, stems, letters as written, letters as they sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import (  # type: ignore[import-untyped]
    CountVectorizer,
    TfidfTransformer,
    TfidfVectorizer,
)

from understanding.spelling import spelled_by_ear
from understanding.stems import stemmed


MANY = 2000  # examples; with fewer, a piece that occurs once is still worth its place


@dataclass(frozen=True)
class View:
    """How one view cuts a text. `least` is in how many examples a piece must occur to count, when there are MANY."""

    name: str
    rewrite: Callable[[str], str]
    analyzer: str
    lengths: tuple[int, int]
    least: int
    weight: float

    def vectorizer(self, terms: Sequence[str] | None = None, examples: int = 0) -> TfidfVectorizer:
        """A vectorizer of this view, with a fixed vocabulary when `terms` is given."""
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=self.lengths,
            preprocessor=self.rewrite,
            token_pattern=r"\S+" if self.analyzer == "word" else None,
            min_df=self.least if examples >= MANY else 1,
            sublinear_tf=True,
            dtype=np.float32,
            vocabulary=terms,
        )


def _as_written(text: str) -> str:
    return text


VIEWS = (
    View("words", _as_written, "word", (1, 2), 2, 1.0),
    View("stems", stemmed, "word", (1, 2), 2, 1.0),
    View("letters", _as_written, "char_wb", (3, 5), 3, 1.0),
    View("sounds", spelled_by_ear, "char_wb", (3, 4), 3, 1.0),
)


@dataclass(frozen=True)
class FittedView:
    """A view with the vocabulary and the weights that training gave it. `idf`: one float per term; `cut`: the pieces
    of a text; `places`: which term a piece is."""

    view: View
    terms: list[str]
    idf: np.ndarray
    vectorizer: TfidfVectorizer
    cut: Callable[[str], list[str]]
    places: dict[str, int]

    @classmethod
    def restore(cls, view: View, terms: list[str], idf: np.ndarray) -> FittedView:
        vectorizer = view.vectorizer(terms)
        vectorizer.idf_ = idf = idf.astype(np.float32)
        return cls(view, terms, idf, vectorizer, vectorizer.build_analyzer(), vectorizer.vocabulary_)

    def weigh(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Which terms are in a normalised text, and how much each of them weighs."""
        counts = Counter(place for piece in self.cut(text) if (place := self.places.get(piece)) is not None)
        found = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        times = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        weights = (np.log(times) + np.float32(1)) * self.idf[found]
        length = np.sqrt(np.square(weights, dtype=np.float64).sum())
        return found, (weights / (length or 1.0) * self.view.weight).astype(np.float32)


def fit(texts: Sequence[str]) -> list[FittedView]:
    """Every view's vocabulary from normalised texts."""
    return [_fit_one(view, texts) for view in VIEWS]


def _fit_one(view: View, texts: Sequence[str]) -> FittedView:
    vectorizer = view.vectorizer(examples=len(texts)).fit(texts)
    terms = [str(term) for term in vectorizer.get_feature_names_out()]
    return FittedView.restore(view, terms, vectorizer.idf_)


def matrix(fitted: Sequence[FittedView], texts: Sequence[str]) -> csr_matrix:
    """Features of normalised texts. Shape: (texts, terms of all views), float32, each view of length 1."""
    return hstack([one.vectorizer.transform(texts) * one.view.weight for one in fitted], format="csr", dtype=np.float32)


@dataclass(frozen=True)
class Counted:
    """How often each piece of a view stands in each text. `times`: (texts, pieces). Cutting texts is the slow part, and
    is done once for all folds."""

    view: View
    times: csr_matrix

    def weigh(self, inside: np.ndarray, outside: np.ndarray) -> tuple[csr_matrix, csr_matrix]:
        """As a FittedView of the rows `inside` weighs them, and the rows `outside`."""
        known = self.times[inside]
        least = self.view.least if len(inside) >= MANY else 1
        kept = np.flatnonzero(np.bincount(known.indices, minlength=known.shape[1]) >= least)
        learnt = TfidfTransformer(sublinear_tf=True).fit(known[:, kept])
        first, second = learnt.transform(known[:, kept]), learnt.transform(self.times[outside][:, kept])
        return first * self.view.weight, second * self.view.weight


def count(texts: Sequence[str]) -> list[Counted]:
    """Every view's pieces of normalised texts."""
    return [Counted(view, _counter(view).fit_transform(texts)) for view in VIEWS]


def _counter(view: View) -> CountVectorizer:
    like = view.vectorizer()
    return CountVectorizer(
        analyzer=like.analyzer,
        ngram_range=like.ngram_range,
        preprocessor=like.preprocessor,
        token_pattern=like.token_pattern,
        dtype=np.float32,
    )


def parted(counted: Sequence[Counted], inside: np.ndarray, outside: np.ndarray) -> tuple[csr_matrix, csr_matrix]:
    """What `matrix` says of the rows `inside` and `outside` when `fit` has seen only the first."""
    sides = zip(*(one.weigh(inside, outside) for one in counted), strict=True)
    return tuple(hstack(list(side), format="csr", dtype=np.float32) for side in sides)  # type: ignore[return-value]


def row(fitted: Sequence[FittedView], text: str) -> tuple[np.ndarray, np.ndarray]:
    """What `matrix` says of one normalised text: which columns are filled, and with what.

    Scikit-learn is made for many texts at once: for one, its checks and conversions take five times as long."""
    columns, values, before = [], [], 0
    for one in fitted:
        found, weights = one.weigh(text)
        columns.append(found + before)
        values.append(weights)
        before += len(one.terms)
    return np.concatenate(columns), np.concatenate(values)
