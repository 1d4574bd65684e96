"""`./dev attack`: a whole installation is watched while a hall votes over HTTP, and everything it left is searched."""
