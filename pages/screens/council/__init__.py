"""The council screen and its parts."""
