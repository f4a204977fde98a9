"""Pure functions from statements in force to states, distances, movements, demands and plans."""
