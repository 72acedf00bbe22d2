"""Conduct (违纪处罚): tariffs of offences, penalty slips, their signatures, appeals and effects."""
