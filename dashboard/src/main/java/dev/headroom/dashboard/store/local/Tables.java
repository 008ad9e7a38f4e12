package dev.headroom.dashboard.store.local;

import java.util.List;

/** The tables. Times are Unix milliseconds; a window is {@code (start_time, end_time]}. */
final class Tables {
    private Tables() {}

    static final List<String> ALL = List.of(
            """
            CREATE TABLE IF NOT EXISTS service (
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              longest INTEGER NOT NULL DEFAULT 0)
            """,
            """
            CREATE TABLE IF NOT EXISTS sender (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              instance TEXT NOT NULL,
              resource BLOB NOT NULL,
              first_report INTEGER NOT NULL,
              last_report INTEGER NOT NULL,
              streams BLOB,
              UNIQUE (service, instance))
            """,
            """
            CREATE TABLE IF NOT EXISTS cursor (
              sender INTEGER NOT NULL,
              signal TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              gaps INTEGER NOT NULL,
              duplicates INTEGER NOT NULL,
              PRIMARY KEY (sender, signal)) WITHOUT ROWID
            """,
            // How a sender's batches came; see DeliveredBlob.
            """
            CREATE TABLE IF NOT EXISTS ledger (
              sender INTEGER NOT NULL,
              signal TEXT NOT NULL,
              delivered BLOB NOT NULL,
              PRIMARY KEY (sender, signal)) WITHOUT ROWID
            """,
            """
            CREATE TABLE IF NOT EXISTS setting (
              kind TEXT NOT NULL,
              name TEXT NOT NULL,
              text TEXT NOT NULL,
              PRIMARY KEY (kind, name)) WITHOUT ROWID
            """,
            "CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, key BLOB NOT NULL)",
            // One row per batch: a row per point was measured five times slower in every engine tried.
            """
            CREATE TABLE IF NOT EXISTS raw (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              sender INTEGER NOT NULL,
              start_time INTEGER NOT NULL,
              end_time INTEGER NOT NULL,
              crosses INTEGER NOT NULL,
              points BLOB NOT NULL)
            """,
            "CREATE INDEX IF NOT EXISTS raw_time ON raw (service, end_time, start_time, sender)",
            // Windows across a boundary of the grid, the only ones that can move a range's ends.
            "CREATE INDEX IF NOT EXISTS raw_crossing ON raw (service, end_time, start_time) WHERE crosses = 1");
}
