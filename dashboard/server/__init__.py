"""The app, the server and what is served beside pages."""
