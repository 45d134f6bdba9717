"""`make run`: the made-up clinics with a simulated carrier, a real mail catcher and a phone beside the real inbox."""
