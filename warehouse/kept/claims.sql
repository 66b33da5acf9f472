SELECT paper_id, claim_source, assertion, count(*) FROM sentences GROUP BY ALL
