"""What every feature stands on: nothing here knows shops or chat."""
