"""The house: rules and records, and the roof that holds the doors and the wire together."""
