SELECT passage_id, paper_id, entity_id FROM passage_clusters
