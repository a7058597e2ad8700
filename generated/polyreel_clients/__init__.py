"""Generated clients, one package per provider. Made by `make generate`; never edited."""
