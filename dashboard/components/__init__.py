"""Parts of pages: tables, small charts, the record of a statement, the text of a document."""
