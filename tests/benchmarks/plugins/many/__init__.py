"""A department of any size: as many business objects and positions as the environment says."""
