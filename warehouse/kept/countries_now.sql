-- Several kept tables need the countries of passages: worked out once, for the time of filling.
CREATE OR REPLACE TEMP TABLE countries_now AS FROM passage_countries
