"""Four views on a message, each TF-IDF: words, stems, letters as written, letters as they sound."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

from understanding.spelling import spelled_by_ear
from understanding.stems import stemmed


@dataclass(frozen=True)
class View:
    """How one view cuts a text. `least` is in how many examples a piece must occur to count."""

    name: str
    rewrite: Callable[[str], str]
    analyzer: str
    lengths: tuple[int, int]
    least: int
    weight: float

    def vectorizer(self, terms: Sequence[str] | None = None) -> TfidfVectorizer:
        """A vectorizer of this view, with a fixed vocabulary when `terms` is given."""
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=self.lengths,
            preprocessor=self.rewrite,
            token_pattern=r"\S+" if self.analyzer == "word" else None,
            min_df=self.least,
            sublinear_tf=True,
            dtype=np.float32,
            vocabulary=terms,
        )


def _as_written(text: str) -> str:
    return text


VIEWS = (
    View("words", _as_written, "word", (1, 2), 1, 1.0),
    View("stems", stemmed, "word", (1, 2), 1, 1.0),
    View("letters", _as_written, "char_wb", (2, 5), 2, 1.0),
    View("sounds", spelled_by_ear, "char_wb", (2, 5), 2, 1.0),
)


@dataclass(frozen=True)
class FittedView:
    """A view with the vocabulary and the weights that training gave it. `idf`: one float per term."""

    view: View
    terms: list[str]
    idf: np.ndarray
    vectorizer: TfidfVectorizer

    @classmethod
    def restore(cls, view: View, terms: list[str], idf: np.ndarray) -> FittedView:
        vectorizer = view.vectorizer(terms)
        vectorizer.idf_ = idf.astype(np.float32)
        return cls(view, terms, idf, vectorizer)


def fit(texts: Sequence[str]) -> list[FittedView]:
    """Every view's vocabulary from normalised texts."""
    return [_fit_one(view, texts) for view in VIEWS]


def _fit_one(view: View, texts: Sequence[str]) -> FittedView:
    vectorizer = view.vectorizer().fit(texts)
    terms = [str(term) for term in vectorizer.get_feature_names_out()]
    return FittedView.restore(view, terms, vectorizer.idf_)


def matrix(fitted: Sequence[FittedView], texts: Sequence[str]) -> csr_matrix:
    """Features of normalised texts. Shape: (texts, terms of all views), float32, each view of length 1."""
    return hstack([one.vectorizer.transform(texts) * one.view.weight for one in fitted], format="csr", dtype=np.float32)
