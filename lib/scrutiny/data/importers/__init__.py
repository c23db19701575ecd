"""Importers: figures out of the files that analysts download, into rows of benchmarks with their source and hash.

`recognise` says what a file is, `mapping` what its columns mean to the project, `convert` makes figures of them,
`merge` sets them beside those that are held, and `write` adds what is new; `plan` goes through all of it before
anything is written. One module for each kind of file says where things stand in it: `ees`, `lait`, `cover`, `ofsted`,
`long`.
"""
