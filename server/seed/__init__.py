"""Two made-up clinics, the same every run, made through the domain's own verbs."""
