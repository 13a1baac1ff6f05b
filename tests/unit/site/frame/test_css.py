"""A style sheet of which the rules are kept that can hold: what is kept, what goes and how it is written."""

import pytest

from pipeline.site.frame.css import cut, read, untouched

WORDS = frozenset(
    {"html", "body", "p", "a", "details", "open", "class", "vb-kern", "vb-kern--open", "data-kleur", "slate"}
)


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("p{color:red}", "p{color:red}"),
        ("html > body, p:has(> a){a:0.5em -0.5em 10.5em}", "html>body,p:has(>a){a:.5em -.5em 10.5em}"),
        ('a[class="p > a"]{a:b}', 'a[class="p > a"]{a:b}'),
        ("/* a{b:c} */ p { a: b !important } ", "p{a:b!important}"),
        (
            "p:nth-child( 2n + 1 ) + a{a:calc(1px + 2px) , b / 2}",
            "p:nth-child(2n + 1)+a{a:calc(1px + 2px),b/2}",
        ),
        (".vb-kern{a:b}.md-search{a:b}", ".vb-kern{a:b}"),
        (".md-search,p,.md-nav p{a:b}", "p{a:b}"),
        ("p:not(.md-search){a:b}", "p:not(.md-search){a:b}"),
        ("p:is(.md-nav,a):hover::before{a:b}", "p:is(.md-nav,a):hover::before{a:b}"),
        ("[data-kleur=slate] p{a:b}[data-kleur=lime] p{a:b}[hidden]{a:b}", "[data-kleur=slate] p{a:b}"),
        ("@media print{.md-nav{a:b}p{c:d}}@media screen{.md-nav{a:b}}", "@media print{p{c:d}}"),
        ('@font-face{src:url("a.woff2")}', '@font-face{src:url("a.woff2")}'),
        ("@page{margin:1mm}@keyframes fade{0%{a:b}to{a:c}}", "@page{margin:1mm}"),
        ('p {\n  a : b;\n  content: "} ; {  x";\n}\n', 'p{a:b;content:"} ; {  x"}'),
        ("p{b:url(data:image/png;base64,A{B)}a{c:d}", "p{b:url(data:image/png;base64,A{B)}a{c:d}"),
        (
            "p{--een:1;--twee:var(--drie);--drie:3;c:var(--twee)}",
            "p{--twee:var(--drie);--drie:3;c:var(--twee)}",
        ),
        ("a{b:c}p{--een:var(--twee);--twee:2}", "a{b:c}"),
        ("p.vb-kern--open:not([x])>a{b:c;--een:1}", "p.vb-kern--open:not([x])>a{b:c}"),
    ],
)
def test_of_a_sheet_is_left_what_can_hold(css: str, left: str) -> None:
    assert cut(read(css), WORDS.__contains__) == left


@pytest.mark.parametrize(("css", "where"), [("p{a:b}\na{: c}", "regel 2"), ("p{a:b}\n\np", "regel 3")])
def test_a_sheet_that_cannot_be_read_is_refused_with_its_line(css: str, where: str) -> None:
    with pytest.raises(ValueError, match=where):
        read(css)


def test_untouched_is_what_a_screen_shows_before_anybody_does_something() -> None:
    sheet = (
        "a{b:c}a:hover,i:not(:focus),b{d:e}@media print{a{f:g}}@media screen{p{h:i}p:active{j:k}}@page{l:m}"
        "@font-face{src:url(x.woff2)}@font-face{src:local(Arial)}u{mask:url('data:image/svg+xml,')}"
    )
    assert "".join(map(str, untouched(read(sheet)))) == (
        'a{b:c}b{d:e}@media screen{p{h:i}}@font-face{src:local(Arial)}u{mask:url("data:image/svg+xml,")}'
    )
