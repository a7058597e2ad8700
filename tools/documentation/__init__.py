"""What writes each generated document, one module a document."""
