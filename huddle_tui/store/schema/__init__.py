"""The schema: values as the documents that stand in a book's files, and back."""
