"""Documents read from text, Markdown, web pages and PDF files, with their dates of publication."""
