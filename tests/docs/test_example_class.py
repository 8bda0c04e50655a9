"""The example class hands in what students would write."""

from __future__ import annotations

import pytest

from examples.make_class import ROOT, _texts


@pytest.mark.parametrize("kind", ["mistakes", "alternatives"])
def test_answers_without_the_catalogues_notes(kind: str) -> None:
    texts = [text for folder in (ROOT / kind).iterdir() if folder.is_dir() for text in _texts(kind, folder.name)]
    assert len(texts) > 100
    for text in texts:
        assert "# fails: " not in text
        assert "# spreads: " not in text
        assert '"""' not in text.splitlines()[0]
