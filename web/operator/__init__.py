"""The operators' door: for who runs the house, apart from the staff of every clinic. Plain pages without script."""
