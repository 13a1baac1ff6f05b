"""Measurements at national scale, on data in the publishers' shape. Synthetic, from a fixed seed."""
