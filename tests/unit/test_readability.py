"""The checker of the texts finds what it should, and leaves out what is not prose."""

import pytest

from tests.readability import readability, sentences, word_count

PAGE = """---
title: Een titel. Nog een.
---
# Een kop die niet meetelt

De politie telt {{ aantal('misdrijven', 'NL00', '2023') }} misdrijven. Dat is veel.

{{ lijn('misdrijven', 'NL00') }}

| Kolom | Nog een |
| --- | --- |
| een cel | is geen zin |

- Eerste punt met een [link](https://voorbeeld.nl/a.b.c).
- Tweede punt

```bash
make site. En dit is geen zin.
```
"""


def test_only_prose_counts() -> None:
    assert sentences(PAGE) == (
        "De politie telt cijfer misdrijven.",
        "Dat is veel.",
        "Eerste punt met een link.",
        "Tweede punt",
    )


def test_lengths_are_counted_by_hand() -> None:
    found = readability("Een twee drie. Een twee drie vier vijf.")
    assert (found.sentences, found.mean, found.too_long) == (2, 4.0, ())


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("Bel 0900-8844 of 112.", 4), ("Er zijn 1.234 buurten.", 4), ("GGD\u2019en en boa's.", 3), ("", 0)],
)
def test_words(sentence: str, words: int) -> None:
    assert word_count(sentence) == words


def test_long_sentence_is_named() -> None:
    long = " ".join(["woord"] * 26) + "."
    fits = " ".join(["woord"] * 25) + "."
    assert readability(f"{fits} {long.capitalize()}").too_long == (long.capitalize(),)


def test_wrapped_lines_are_one_sentence() -> None:
    assert sentences("Deze zin loopt\ndoor op de volgende regel.") == (
        "Deze zin loopt door op de volgende regel.",
    )


def test_shortened_words_do_not_end_a_sentence() -> None:
    assert len(sentences("Zie bijv. Breda en o.a. Tilburg. Dat is alles.")) == 2


def test_html_is_read_like_markdown() -> None:
    page = (
        "<h2>Kop</h2><p>Een <strong>korte</strong> zin.</p><table><tr><td>cel.</td></tr></table><li>Punt</li>"
    )
    assert sentences(page) == ("Een korte zin.", "Punt")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("De marge is breed.", ("marge",)),
        ("De {{ term('marge') }} is breed. Een marge is handig.", ()),
        ("Een marge is handig. De {{ term('marge') }} is breed.", ("marge",)),
        ("De [marge](../uitleg/begrippen.md#marge) is breed.", ()),
        ('De <a href="../begrippen/#marge">marge</a> is breed.', ()),
        ("De [marge](elders.md) is breed.", ("marge",)),
        ("Het winstmargebedrag is iets anders.", ()),
        ("Geen vakwoord hier.", ()),
    ],
)
def test_jargon_needs_a_link_at_its_first_use(text: str, bare: tuple[str, ...]) -> None:
    assert readability(text, ["marge"]).jargon == bare


def test_text_without_sentences() -> None:
    assert readability("# Kop\n\n{{ kaart('overlast', 'GM0758') }}\n").mean == 0.0
