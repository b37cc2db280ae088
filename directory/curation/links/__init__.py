"""The addresses that our pages lead to: which there are, whether they answer, and when to ask again."""
