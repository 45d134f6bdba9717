"""What is measured: ourselves and, in the same run, others."""
