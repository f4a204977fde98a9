"""The language-model extractor (extra ``llm``): a model proposes text and words from lists, code decides."""
