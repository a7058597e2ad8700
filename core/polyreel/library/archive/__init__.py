"""The archive: a folder or bucket that holds the files of items, each whole, with what is known of it."""
