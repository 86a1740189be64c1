"""Thin doors: each module is the only importer of the outside thing it stands for."""
