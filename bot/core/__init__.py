"""Pure: the script model, the engine, answers, conditions and rules."""
