FROM cluster_label_counts ORDER BY entity_id
