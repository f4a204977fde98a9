"""Reading documents: text, Markdown, web pages and PDF files, and when they were published."""
