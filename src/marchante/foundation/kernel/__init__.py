"""Small values everyone may use: money, phones, time, identifiers, errors."""
