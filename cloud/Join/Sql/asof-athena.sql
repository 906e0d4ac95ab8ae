-- Readings with the weather as of their time, for Athena (Trino). DuckDB runs it unchanged, which is how it is tested.
--
-- Needs, gives and takes the same as asof-duckdb.sql. Trino has no ASOF join; so readings and weather are put on one line of time
-- per station. The time of the latest weather is the greatest that has passed (a running MAX), and the values are then fetched by an
-- equi-join on station and that time. It holds with gaps of any length, with weather off the full hour and with readings in any order.
--
-- Differences of Athena: time is TIMESTAMP(3), so both columns must be cut to milliseconds when they are written, as the lake does;
-- and ? is given as an execution parameter. Restrict both tables to the same partitions (the weather from one day earlier) before
-- this, in a view: the window reads all that it is given.
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
),
line AS (
  SELECT station, time, 0 AS is_reading, time AS weather_time, NULL AS id, NULL AS value FROM known
  UNION ALL
  SELECT station, time, 1 AS is_reading, NULL AS weather_time, id, value FROM readings
),
passed AS (
  SELECT
    id, station, time, value, is_reading,
    max(weather_time) OVER (PARTITION BY station ORDER BY time, is_reading ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS latest
  FROM line
),
aged AS (
  SELECT p.id, p.station, p.time, p.value, CASE WHEN p.latest >= p.time - m.age THEN p.latest END AS weather_time
  FROM passed p
  CROSS JOIN maximum m
  WHERE p.is_reading = 1
)
SELECT
  a.id, a.station, a.time, a.value, a.weather_time,
  w.temperature_celsius, w.humidity_percent, w.wind_kilometres_per_hour, w.precipitation_millimetres
FROM aged a
LEFT JOIN known w ON w.station = a.station AND w.time = a.weather_time
