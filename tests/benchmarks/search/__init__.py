"""How fast and how right the search is, against peers on the same data in one interleaved run; see __main__.py."""
