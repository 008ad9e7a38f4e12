package dev.headroom.dashboard.store.local;

import java.util.ArrayList;
import java.util.List;

/** The tables of the files. Times are Unix milliseconds; a window is {@code (start_time, end_time]}. */
final class StoreTables {
    private StoreTables() {}

    private static final List<String> NAMES = List.of(
            "CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, longest INTEGER NOT NULL DEFAULT 0)",
            "CREATE TABLE metric (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            """
            CREATE TABLE series (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              metric INTEGER NOT NULL,
              attributes BLOB NOT NULL)
            """,
            "CREATE INDEX series_service ON series (service)");

    private static final List<String> RAW = List.of(
            """
            CREATE TABLE sender (
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
            CREATE TABLE cursor (
              sender INTEGER NOT NULL,
              signal TEXT NOT NULL,
              sequence INTEGER NOT NULL,
              gaps INTEGER NOT NULL,
              duplicates INTEGER NOT NULL,
              PRIMARY KEY (sender, signal)) WITHOUT ROWID
            """,
            // How a sender's batches came; see LedgerTable.
            """
            CREATE TABLE ledger (
              sender INTEGER NOT NULL,
              signal TEXT NOT NULL,
              delivered BLOB NOT NULL,
              PRIMARY KEY (sender, signal)) WITHOUT ROWID
            """,
            // One row as soon as senders and cursors of the file before are here.
            "CREATE TABLE carried (source INTEGER NOT NULL)",
            // One row per batch: a row per point was measured five times slower in every engine tried.
            """
            CREATE TABLE raw (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              sender INTEGER NOT NULL,
              start_time INTEGER NOT NULL,
              end_time INTEGER NOT NULL,
              crosses INTEGER NOT NULL,
              points BLOB NOT NULL)
            """,
            "CREATE INDEX raw_time ON raw (service, end_time, start_time, sender)",
            // Windows across a boundary of the grid, the only ones that can move a range's ends.
            "CREATE INDEX raw_crossing ON raw (service, end_time, start_time) WHERE crosses = 1",
            // Minutes whose rows from `first` to `last` are in no other tier yet.
            """
            CREATE TABLE todo (
              service INTEGER NOT NULL,
              minute INTEGER NOT NULL,
              first INTEGER NOT NULL,
              last INTEGER NOT NULL,
              PRIMARY KEY (service, minute)) WITHOUT ROWID
            """,
            // Ten minutes that the tiers of ten minutes do not hold as those of one minute do.
            """
            CREATE TABLE todo_ten (
              service INTEGER NOT NULL,
              start INTEGER NOT NULL,
              PRIMARY KEY (service, start)) WITHOUT ROWID
            """);

    private static final List<String> CELLS = List.of(
            """
            CREATE TABLE sender (
              id INTEGER PRIMARY KEY,
              service INTEGER NOT NULL,
              instance TEXT NOT NULL,
              UNIQUE (service, instance))
            """,
            // Cells, and windows that fit none. Rows of several sources and parts add up; metric 0 is the number of
            // windows.
            """
            CREATE TABLE cell (
              service INTEGER NOT NULL,
              end_time INTEGER NOT NULL,
              start_time INTEGER NOT NULL,
              metric INTEGER NOT NULL,
              sender INTEGER NOT NULL,
              source INTEGER NOT NULL,
              part INTEGER NOT NULL,
              points BLOB NOT NULL,
              PRIMARY KEY (service, end_time, start_time, metric, sender, source, part)) WITHOUT ROWID
            """,
            // Windows that fit no cell, the only ones that can move a range's ends.
            """
            CREATE TABLE crossing (
              service INTEGER NOT NULL,
              end_time INTEGER NOT NULL,
              start_time INTEGER NOT NULL,
              PRIMARY KEY (service, end_time, start_time)) WITHOUT ROWID
            """);

    /** What a new file of the tier begins with. */
    static List<String> of(Tier tier) {
        List<String> tables = new ArrayList<>(NAMES);
        tables.addAll(tier == Tier.RAW ? RAW : CELLS);
        return tables;
    }
}
