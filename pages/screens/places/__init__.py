"""The screen of what lies on the ground: douars, derived service points, reconstruction."""
