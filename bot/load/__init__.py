"""Disk to library; the only reader of YAML."""
