"""Plain elements, forms and words that pages are made of."""
