"""Certificate or associate degree: for a goal and a place, the nearest honest path of each kind side by side."""
