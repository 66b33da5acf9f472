"""When, where, in what order; the command line. Knows all rooms below."""
