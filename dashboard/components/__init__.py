"""Parts of pages: tables, the drawer of a statement, the text of a document."""
