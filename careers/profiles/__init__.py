"""Reads that the pages of careers show: one function per page, each with a fixed number of queries."""
