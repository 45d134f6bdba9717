"""The outside world: each module knows one carrier and nothing of ours."""
