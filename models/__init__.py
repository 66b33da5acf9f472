"""Annotations become judgement. Knows pipeline's records; never warehouse or flows."""
