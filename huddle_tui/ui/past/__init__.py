"""Looking back: huddles, scorecard, a number, a person, open ends, the team over time."""
