"""Text as words: tokens, phrases, sentences, quotations, times, and the lists of words that give them meaning."""
