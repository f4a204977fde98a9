"""The words of each language by which documents are read, as data: one file a language."""
