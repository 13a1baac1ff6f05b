import json
import re
from dataclasses import replace

from pipeline.site.description.published import Published
from pipeline.site.description.schema_org import dataset, in_page
from pipeline.site.frame.gate import problems
from pipeline.site.generator.after import policy

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}"><title>Geweld</title></head>
<body><a href="#inhoud" class="md-skip">Naar de inhoud</a><article id="inhoud">{block}</article></body></html>"""


def test_a_block_needs_no_hash_and_passes_the_gate(published: Published) -> None:
    block = in_page(published.indicator("geweld"))
    rule = policy(f"<html>{block}<script>1</script></html>")
    assert rule.count("sha256") == 1  # of the script that runs
    page = PAGE.format(policy=policy(block), block=block)
    assert list(problems(page.encode())) == []


def test_nothing_in_a_description_ends_the_block(published: Published) -> None:
    one = published.indicator("geweld")
    evil = '</script><script>alert("{{ 1 }}")</script>'
    block = str(in_page(replace(one, definition=evil)))
    assert block.count("</script>") == 1 and "{{" not in block
    told = re.search(r">(.*)</script>", block)
    assert told and json.loads(told[1])["description"] == evil


def test_a_licence_that_nobody_states_is_no_licence(published: Published) -> None:
    assert dataset(published.indicator("geweld"))["license"] == [
        {"@type": "CreativeWork", "name": "Politie: niet vermeld"},
        {
            "@type": "CreativeWork",
            "name": "CBS: CC BY 4.0",
            "url": "https://creativecommons.org/licenses/by/4.0/",
        },
    ]


def test_without_an_address_of_the_site_addresses_are_seen_from_the_page(published: Published) -> None:
    told = dataset(replace(published, site_url="").indicator("overlast_jeugd"))
    assert told["url"] == "./"
    assert [one["contentUrl"] for one in told["distribution"]] == [
        "overlast-jeugd.csv",
        "overlast-jeugd.zip",
        "overlast-jeugd.parquet",
    ]
    assert "example" not in json.dumps(told)
