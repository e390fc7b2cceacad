"""What the bot says. One package per language; no customer copy anywhere else."""
