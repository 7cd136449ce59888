-- The database that `--to sqlite` writes. Columns and their meaning are those of the tables in tables.rs; days are
-- texts (2023-11-05). Lists and unknown fields are JSON: SELECT value FROM officials, json_each(aliases).
PRAGMA foreign_keys = ON;
PRAGMA user_version = 1;

CREATE TABLE articles (
  id TEXT PRIMARY KEY NOT NULL, title TEXT, source TEXT, url TEXT,
  published TEXT, published_earliest TEXT, published_latest TEXT, published_from TEXT,
  words INTEGER, warnings TEXT, extra TEXT, document_extra TEXT
);
CREATE TABLE officials (
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, title TEXT, country TEXT, country_iso3 TEXT,
  aliases TEXT, mentions INTEGER, articles TEXT, extra TEXT
);
CREATE TABLE places (
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, country_iso3 TEXT,
  geonames INTEGER, lat REAL, lon REAL, aliases TEXT, articles TEXT, extra TEXT
);
CREATE TABLE trips (
  id TEXT PRIMARY KEY NOT NULL, article TEXT NOT NULL REFERENCES articles (id),
  traveller TEXT NOT NULL REFERENCES officials (id), traveller_name TEXT, kind TEXT NOT NULL, visits TEXT, extra TEXT
);
CREATE TABLE visits (
  id TEXT PRIMARY KEY NOT NULL, article TEXT NOT NULL REFERENCES articles (id),
  trip TEXT NOT NULL REFERENCES trips (id), trip_kind TEXT, "order" INTEGER,
  traveller TEXT NOT NULL REFERENCES officials (id), traveller_name TEXT, traveller_country TEXT,
  place TEXT NOT NULL REFERENCES places (id), place_name TEXT, place_kind TEXT, country TEXT, country_iso3 TEXT,
  lat REAL, lon REAL, status TEXT NOT NULL,
  start TEXT, start_earliest TEXT, start_latest TEXT, "end" TEXT, end_earliest TEXT, end_latest TEXT,
  confidence REAL, quote TEXT, evidence TEXT, extra TEXT
);
CREATE TABLE meetings (
  id TEXT PRIMARY KEY NOT NULL, article TEXT NOT NULL REFERENCES articles (id),
  participants TEXT, participant_names TEXT, groups TEXT,
  visit TEXT REFERENCES visits (id), place TEXT REFERENCES places (id), place_name TEXT,
  country TEXT, country_iso3 TEXT, lat REAL, lon REAL,
  date TEXT, date_earliest TEXT, date_latest TEXT, status TEXT NOT NULL, mode TEXT NOT NULL, duration TEXT,
  confidence REAL, quote TEXT, evidence TEXT, extra TEXT
);
CREATE TABLE sequence (
  article TEXT NOT NULL REFERENCES articles (id),
  before TEXT NOT NULL REFERENCES visits (id), after TEXT NOT NULL REFERENCES visits (id),
  because TEXT NOT NULL, quote TEXT, evidence TEXT, extra TEXT
);
CREATE TABLE participants (
  meeting TEXT NOT NULL REFERENCES meetings (id), official TEXT NOT NULL REFERENCES officials (id)
);

CREATE INDEX trips_traveller ON trips (traveller);
CREATE INDEX visits_trip ON visits (trip, "order");
CREATE INDEX visits_traveller ON visits (traveller);
CREATE INDEX visits_place ON visits (place);
CREATE INDEX visits_when ON visits (country, start_earliest);
CREATE INDEX meetings_visit ON meetings (visit);
CREATE INDEX sequence_after ON sequence (after);
CREATE INDEX participants_official ON participants (official, meeting);
CREATE INDEX participants_meeting ON participants (meeting);

-- Who was where, when, by which article, and whom they met there.
CREATE VIEW stops AS
SELECT v.id AS visit, v.article, v.trip, v.trip_kind, v."order" AS position,
       v.traveller_name AS traveller, o.title AS office, v.traveller_country AS serves,
       v.place_name AS place, v.country, v.status,
       v.start AS arrived, v.start_earliest AS arrived_earliest, v.start_latest AS arrived_latest,
       v."end" AS departed, v.end_earliest AS departed_earliest, v.end_latest AS departed_latest,
       v.lat, v.lon, v.confidence, v.quote,
       (SELECT group_concat(name, '; ') FROM (
          SELECT DISTINCT p.name
          FROM meetings m JOIN participants x ON x.meeting = m.id JOIN officials p ON p.id = x.official
          WHERE m.visit = v.id AND x.official <> v.traveller ORDER BY m.rowid, x.rowid)) AS met
FROM visits v LEFT JOIN officials o ON o.id = v.traveller;

-- From one stop to the next of a trip. Where the text leaves the order open, stops share a position, and no leg is made
-- up; stops that were called off are passed over.
CREATE VIEW legs AS
WITH made AS (
  SELECT *, count(*) OVER (PARTITION BY trip, "order") AS sharing,
         dense_rank() OVER (PARTITION BY trip ORDER BY "order") AS rank
  FROM visits WHERE status <> 'cancelled' AND "order" IS NOT NULL
)
SELECT a.article, a.trip, a.trip_kind, a.traveller_name AS traveller, a.id AS from_visit, b.id AS to_visit,
       a.place_name AS from_place, b.place_name AS to_place, a.country AS from_country, b.country AS to_country,
       a.lat AS from_lat, a.lon AS from_lon, b.lat AS to_lat, b.lon AS to_lon, b.status,
       a."end" AS departed, b.start AS arrived
FROM made a JOIN made b ON b.trip = a.trip AND b.rank = a.rank + 1
WHERE a.sharing = 1 AND b.sharing = 1;
