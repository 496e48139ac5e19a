"""What can happen: an attack, a council, a strike, talks, a meeting; and what each does."""
