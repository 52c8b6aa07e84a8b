/* sqlite_schema.h: the tables of a report as a database, as SQL. What they mean is told in the SQL
 * itself, which the database keeps: `.schema` in the sqlite3 shell shows it. */
#ifndef REPORT_SQLITE_SCHEMA_H
#define REPORT_SQLITE_SCHEMA_H

/* In the header of each of our files: "wsrd", and the version of the tables. */
#define SQLITE_REPORT_ID 0x77737264
#define SQLITE_REPORT_VERSION 1

/* The tables with what inserting needs. Lists end in NULL. */
extern const char *const sqlite_schema_tables[];

/* For a report in the making: how far it has got. */
extern const char *const sqlite_schema_progress[];

/* Copies all rows from the database that is attached as `unfinished`. */
extern const char *const sqlite_schema_copies[];

/* Indices, the full-text index of the quotes, and the view with the columns of the CSV report. */
extern const char *const sqlite_schema_indices[];

#endif
