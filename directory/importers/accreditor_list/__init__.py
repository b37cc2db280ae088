"""Lists of accreditors: no layout is theirs alone, so columns are guessed and confirmed by a person."""
