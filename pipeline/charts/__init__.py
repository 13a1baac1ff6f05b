"""Charts: pure functions that give Vega-Lite specs without rows, and what draws them."""
