"""Fine-tuning of the encoder on all tasks at once. Needs the extra ``train``; never at run time."""
