"""A new provider from its documentation: spec folder, client, plugin and test, with guesses marked.

::

    pages -operations-> what lists and gets -refresh-> openapi.yaml -claims-> overlay.yaml
          -generate-> client; -paging, fields, access-> guesses -plugin, package-> files

Everything is made in a folder of its own first, and nothing that exists is ever overwritten.
"""
