"""The local page: asks the warehouse, shows what a number rests on. Knows all rooms."""
