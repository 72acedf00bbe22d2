"""What waits for a person (待办事项): plugins name it, the home page shows it."""
