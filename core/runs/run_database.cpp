// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run_database.h"

#include "core/base/error.h"

#include <sqlite3.h>
#include <unistd.h>

namespace samout {

namespace fs = std::filesystem;

namespace {

/// "SamO": marks a database as a run.
constexpr int applicationId = 0x53616D4F;
constexpr int busyMilliseconds = 5000;

const char *const tables = R"(
CREATE TABLE run (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE metrics (step INTEGER PRIMARY KEY, loss REAL, held_out_loss REAL, learning_rate REAL,
                      gradient_norm REAL, seconds REAL, tokens INTEGER);
CREATE TABLE samples (step INTEGER PRIMARY KEY, prompt TEXT, drawn TEXT, greedy TEXT);
CREATE TABLE edits (id INTEGER PRIMARY KEY, step INTEGER, kind TEXT, value TEXT);
CREATE TABLE snapshots (step INTEGER PRIMARY KEY, file TEXT, bytes INTEGER, starred INTEGER);
CREATE TABLE checkpoints (step INTEGER PRIMARY KEY, file TEXT, bytes INTEGER, requested INTEGER);
CREATE INDEX held_out ON metrics (step) WHERE held_out_loss IS NOT NULL;
)";

std::string pathOf(const fs::path &run) { return (run / "run.db").string(); }

/// The path as a URI, with the reserved characters escaped.
std::string uriOf(const fs::path &run)
{
    std::string uri = "file:";
    for (const char c : fs::absolute(run / "run.db").string()) {
        if (c == '%' || c == '?' || c == '#') {
            constexpr const char *digits = "0123456789ABCDEF";
            uri += '%';
            uri += digits[static_cast<unsigned char>(c) >> 4];
            uri += digits[c & 15];
        } else {
            uri += c;
        }
    }
    return uri;
}

Error errorOf(const fs::path &run, const SQLite::Exception &error)
{
    const std::string file = pathOf(run);
    switch (error.getErrorCode()) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: // a table or column that should be there is not
    case SQLITE_MISMATCH:
        return Error(
            Error::Damaged,
            Text("{0} is damaged ({1}). Its files in snapshots/ can still be opened one by one.", file, error.what()));
    case SQLITE_FULL:
        return Error(Error::Unwritable, Text("Cannot write {0}: the disk is full. Make room, and go on.", file));
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return Error(Error::Unwritable, Text("Cannot write {0}: it is read-only.", file));
    case SQLITE_IOERR:
        return Error(Error::Unwritable,
                     Text("Cannot write {0}: the disk reports an error. It may be full, or gone.", file));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error(Error::InUse, Text("Cannot write {0}: another program has locked it.", file));
    case SQLITE_CANTOPEN:
        return Error(Error::Missing, Text("Cannot open {0}: it is missing, or its folder cannot be written.", file));
    default:
        return Error(Error::Unreadable, Text("Cannot use {0}: {1}.", file, error.what()));
    }
}

/// Throws Error if the file was cut short, which SQLite notices only when it reads a missing page. If there is a log
/// beside the file, the missing pages may be in the log.
void checkLength(const fs::path &run, SQLite::Database &database)
{
    const std::int64_t expected =
        database.execAndGet("PRAGMA page_count").getInt64() * database.execAndGet("PRAGMA page_size").getInt64();
    std::error_code none;
    if (const auto log = fs::file_size(pathOf(run) + "-wal", none); !none && log > 0)
        return;
    const auto size = static_cast<std::int64_t>(fs::file_size(pathOf(run)));
    if (size < expected)
        throw Error(Error::Damaged, Text("{0} is damaged: it has {1} bytes and should have {2}. Its files in "
                                         "snapshots/ can still be opened one by one.",
                                         pathOf(run), size, expected));
}

void prepareForWriting(SQLite::Database &database)
{
    // In WAL mode NORMAL loses nothing if the program is killed, and leaves a sound file if the machine stops.
    database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
}

} // namespace

void withoutSqliteErrors(const fs::path &run, const std::function<void()> &work)
{
    try {
        work();
    } catch (const SQLite::Exception &error) {
        throw errorOf(run, error);
    }
}

std::unique_ptr<SQLite::Database> openRunDatabase(const fs::path &run, bool forWriting)
{
    std::error_code missing;
    if (!fs::is_regular_file(run / "run.db", missing))
        throw Error(Error::Missing, Text("{0} is no run folder: there is no run.db in it.", run.string()));
    std::unique_ptr<SQLite::Database> database;
    withoutSqliteErrors(run, [&] {
        const int flags = (forWriting ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY) | SQLite::OPEN_URI;
        const auto open = [&](const char *parameters) {
            database = std::make_unique<SQLite::Database>(uriOf(run) + parameters, flags, busyMilliseconds);
            return database->execAndGet("PRAGMA user_version").getInt();
        };
        int version = 0;
        try {
            version = open("");
        } catch (const SQLite::Exception &) {
            // Nobody writes in a folder that is not writable, so the file can be opened as immutable.
            if (forWriting || ::access(run.c_str(), W_OK) == 0)
                throw;
            version = open("?immutable=1");
        }
        if (version > runFormat)
            throw Error(
                Error::Unsupported,
                Text("{0} was written by a newer version of SamOut Studio (format {1}; this one reads up to {2}).",
                     pathOf(run), version, runFormat));
        if (version < 1 || database->execAndGet("PRAGMA application_id").getInt() != applicationId)
            throw Error(Error::Damaged,
                        Text("{0} is no run of SamOut Studio, or its beginning was never written.", pathOf(run)));
        checkLength(run, *database);
        if (forWriting)
            prepareForWriting(*database);
    });
    return database;
}

std::unique_ptr<SQLite::Database> createRunDatabase(const fs::path &run, std::int64_t layers)
{
    constexpr std::int64_t mostLayers = 999; // SQLite's 2000 columns
    if (layers > mostLayers)
        throw Error(Error::WrongValue,
                    Text("The network has {0} layers; a run can be kept of at most {1}.", layers, mostLayers));
    auto database = std::make_unique<SQLite::Database>(
        uriOf(run), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_URI, busyMilliseconds);
    prepareForWriting(*database);
    std::string columns = layerColumns(layers);
    for (std::size_t comma = columns.find(','); comma != std::string::npos; comma = columns.find(',', comma + 6))
        columns.insert(comma, " REAL");
    SQLite::Transaction all(*database);
    database->exec(tables);
    database->exec("CREATE TABLE layers (step INTEGER PRIMARY KEY, " + columns + " REAL)");
    database->exec("PRAGMA application_id=" + std::to_string(applicationId));
    database->exec("PRAGMA user_version=" + std::to_string(runFormat));
    all.commit();
    return database;
}

std::string layerColumns(std::int64_t layers)
{
    std::string columns;
    for (const char *name : {"alpha_", "gradient_norm_"})
        for (std::int64_t layer = 0; layer < layers; ++layer)
            columns += (columns.empty() ? "" : ", ") + std::string(name) + std::to_string(layer);
    return columns;
}

std::string placeholders(std::int64_t count)
{
    std::string marks;
    for (std::int64_t i = 0; i < count; ++i)
        marks += i == 0 ? "?" : ", ?";
    return marks;
}

} // namespace samout
