"""Dutch words for figures: numbers, statuses, sentences, provenance. In: values; out: text. Knows no page."""
