"""Networks of actors and concepts, as discourse network analysis builds them, and of positions held on a day."""
