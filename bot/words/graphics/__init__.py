"""Drawings, as SVG and PNG."""
