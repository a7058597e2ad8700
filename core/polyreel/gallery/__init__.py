"""The gallery: a web page on this machine over a library, an archive, or both."""
