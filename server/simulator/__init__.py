"""A carrier and a mail server that never leave this computer, for the demo, for training and for tests.

They share no code with the gateways, so that one misreading of the carrier cannot hide the other.
"""
