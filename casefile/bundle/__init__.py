"""The record bundle: one format in and out, a directory or zip of CSV files.

An app declares its files as `tables.Table`; `loading` reads a bundle of them into the database and
`exporting` writes one. Neither knows what the tables are about.
"""
