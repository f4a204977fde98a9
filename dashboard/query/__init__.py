"""From an address to answers: the view, the case that answers it, the frames of a day."""
