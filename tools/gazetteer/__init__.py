"""Builds and checks ``data/gazetteer.yaml``: GeoNames' facts under hand-written layers (docs/gazetteer.md)."""
