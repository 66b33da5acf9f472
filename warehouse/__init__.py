"""Evidence becomes answers. Knows pipeline's records; never models or flows."""
