"""Builds, merges and checks ``data/gazetteer.yaml``: facts from GeoNames under the hand-written layers (docs/gazetteer.md)."""
