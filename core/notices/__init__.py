"""What has come for a person of late (通知): the bell in the top bar tells of it."""
