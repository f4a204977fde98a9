"""Reports as Word files: the report's page, so the same words, as headings, tables, pictures and endnotes."""
