-- Readings with the weather as of their time, for DuckDB.
--
-- Needs   readings(id, station, time, value)           time: TIMESTAMP, UTC
--         weather(station, time, issued, temperature_celsius, humidity_percent, wind_kilometres_per_hour, precipitation_millimetres)
-- Param.  ?  the greatest age of weather, minutes
-- Gives   one row a reading, ordered by nothing: its weather is the latest row of its station at or before its time, no older than
--         the age given; NULL otherwise. A weather row without any value is no row. Of several rows for one station and time the one
--         issued last counts.
WITH maximum AS (
  SELECT CAST(? AS INTEGER) * INTERVAL '1' MINUTE AS age
),
numbered AS (
  SELECT weather.*, row_number() OVER (PARTITION BY station, time ORDER BY issued DESC) AS version
  FROM weather
  WHERE coalesce(temperature_celsius, humidity_percent, wind_kilometres_per_hour, precipitation_millimetres) IS NOT NULL
),
known AS (
  SELECT * FROM numbered WHERE version = 1
)
SELECT
  r.id, r.station, r.time, r.value,
  CASE WHEN w.time >= r.time - m.age THEN w.time END AS weather_time,
  CASE WHEN w.time >= r.time - m.age THEN w.temperature_celsius END AS temperature_celsius,
  CASE WHEN w.time >= r.time - m.age THEN w.humidity_percent END AS humidity_percent,
  CASE WHEN w.time >= r.time - m.age THEN w.wind_kilometres_per_hour END AS wind_kilometres_per_hour,
  CASE WHEN w.time >= r.time - m.age THEN w.precipitation_millimetres END AS precipitation_millimetres
FROM readings r
ASOF LEFT JOIN known w ON r.station = w.station AND r.time >= w.time
CROSS JOIN maximum m
