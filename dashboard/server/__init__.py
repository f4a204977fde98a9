"""The app, its server, and the routes beside the pages."""
