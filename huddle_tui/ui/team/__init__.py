"""Working on the team: people, numbers, PACe chart, settings, import and the guided path."""
