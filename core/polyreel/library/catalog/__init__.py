"""The library's database: what was ever seen of every account, and what changed when."""
