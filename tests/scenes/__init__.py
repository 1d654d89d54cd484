"""Scenes of every flow, played."""
