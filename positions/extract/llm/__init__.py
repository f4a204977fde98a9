"""The language-model extractor (extra ``llm``): a model proposes text and list items, code decides."""
