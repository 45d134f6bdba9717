"""How fast the staff inbox is in a small and in a large clinic, side by side."""
