"""
title = "Exact 95 % Poisson interval per aantal"
key = ["teller"]
reads = ["contract.verhouding"]
[columns]
teller = "waargenomen aantal"
onder = "ondergrens van het gemiddelde dat bij dit aantal past"
boven = "bovengrens van het gemiddelde dat bij dit aantal past"
[checks]
expression_is_true = ["onder <= teller and teller < boven"]
"""

from typing import Any

import pyarrow as pa

from pipeline.statistics.intervals import poisson_interval


def table(con: Any) -> pa.Table:
    """One row per distinct count: DuckDB has no chi-square quantile."""
    counts = con.sql(
        "select distinct teller from contract.verhouding where teller is not null order by teller"
    ).to_arrow_table()
    lower, upper = poisson_interval(counts["teller"].to_numpy())
    return counts.append_column("onder", pa.array(lower)).append_column("boven", pa.array(upper))
