"""The pages: each module has the page's empty frame and the functions that fill its parts."""
