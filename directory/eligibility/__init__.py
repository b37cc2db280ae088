"""Who may sit an exam, and after which program: rules, standings, openings."""
