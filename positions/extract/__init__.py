"""From a document to candidate statements: sentences, attribution, topics, stances, dates, verified quotes."""
