"""What is expected of those who send figures, and how what they sent is looked through."""
