"""Speed and memory, side by side with peers; each module is a program of its own."""
