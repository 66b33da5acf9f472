-- How many papers, clusters and passages there are for each country.
SELECT country, count(DISTINCT paper_id) AS n_papers, CAST(sum(n_passages) AS BIGINT) AS n_passages,
    any_value(n_clusters) AS n_clusters
FROM kept.paper_countries
LEFT JOIN (SELECT country, count(*) AS n_clusters FROM kept.clusters GROUP BY country) USING (country)
GROUP BY country
ORDER BY n_papers DESC, country
