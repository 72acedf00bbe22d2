"""Reports (报表): what is handed in for a day, week or month, filled from data, signed off and printed."""
