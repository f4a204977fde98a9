"""What stays around the pages: layout, navigation, filters and callbacks."""
