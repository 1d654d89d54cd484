"""Ceļvedis: a guide from "I do not know what next" to a draft plan and a human."""
