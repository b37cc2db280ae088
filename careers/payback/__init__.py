"""When a program pays for itself, with every assumption in the address of its page."""
