"""What stands around a page: the shell, its scripts, cards for sharing."""
