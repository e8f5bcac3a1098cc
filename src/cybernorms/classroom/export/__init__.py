"""Questions for other systems, and the module for students without its keys."""
