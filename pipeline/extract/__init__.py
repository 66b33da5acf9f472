"""Text becomes mentions, facts and relations. Knows codebook data and records; nothing above."""
