"""One explorer alone on the wall: large, without code, and with a cover before it."""
