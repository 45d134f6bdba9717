"""How fast we are, beside others in the same run. Nothing here is a test; `README.md` says how to read the figures."""
