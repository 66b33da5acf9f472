"""Text becomes evidence. Knows the codebook; nothing above (not models, warehouse, flows)."""
