"""The extractor that needs no model: who says what about whose position, by rules over lists of words."""
