"""All SQL of the engine: nbgrader's tables, our own beside them, and every query on either."""
