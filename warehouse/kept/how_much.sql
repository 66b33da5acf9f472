SELECT
    EXISTS (FROM differ WHERE what = 'all'), (SELECT count(*) FROM changed),
    (SELECT count(*) FROM changed WHERE known), (SELECT count(*) FROM papers)
