"""How well found claims agree with coded ones."""
