"""What several features show alike and that knows the domain: the board, the chart, statuses, phrases."""
