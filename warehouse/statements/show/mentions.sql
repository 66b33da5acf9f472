SELECT mentions.*, name AS entity_name, country, sector, isic, actor_type, standard_type
FROM mentions LEFT JOIN entities USING (entity_id) WHERE mention_id = $id
