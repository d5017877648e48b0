"""Bold and paragraphs are all the markup there is."""

import pytest

from pages.markup import paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("tot **€ 8.000** hebben", "<p>tot <strong>€ 8.000</strong> hebben</p>"),
        ("een\n\ntwee\n \n\ndrie", "<p>een</p><p>twee</p><p>drie</p>"),
        ("een\ntwee", "<p>een\ntwee</p>"),
        ("2 ** 3 ** 4", "<p>2 ** 3 ** 4</p>"),
        ("**niet af", "<p>**niet af</p>"),
        ("****", "<p>****</p>"),
        ("**<i>**", "<p><strong>&lt;i&gt;</strong></p>"),
        ("<p>& \"x\" 'y'", "<p>&lt;p&gt;&amp; &#34;x&#34; &#39;y&#39;</p>"),
        ("", ""),
    ],
)
def test_a_text_becomes_html(text: str, html: str) -> None:
    assert str(paragraphs(text)) == html
