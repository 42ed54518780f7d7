"""What comes in: team files and CSVs of KPIs, read into a neutral `TeamFile`; every mistake told, with its place."""
