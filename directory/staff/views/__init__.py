"""The pages of signing in, and each person's own page of second factors."""
