"""The annotation loop: what to annotate next, exchange with tools, agreement, likely errors."""
