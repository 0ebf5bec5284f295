// ADBC 1.1.0, declared from its public specification (https://arrow.apache.org/adbc/).
// The order of the members is the ABI. A driver fills `struct AdbcDriver`; all else goes through its functions.
#pragma once

#include "arrow_c_data.h"

#define ADBC_VERSION_1_1_0 1001000

// Put into `vendor_code` before a call, it tells the driver that the error has the members of 1.1.0.
#define ADBC_ERROR_VENDOR_CODE_PRIVATE_DATA INT32_MIN

typedef uint8_t AdbcStatusCode;

#define ADBC_STATUS_OK 0
#define ADBC_STATUS_UNKNOWN 1
#define ADBC_STATUS_NOT_IMPLEMENTED 2
#define ADBC_STATUS_NOT_FOUND 3
#define ADBC_STATUS_ALREADY_EXISTS 4
#define ADBC_STATUS_INVALID_ARGUMENT 5
#define ADBC_STATUS_INVALID_STATE 6
#define ADBC_STATUS_INVALID_DATA 7
#define ADBC_STATUS_INTEGRITY 8
#define ADBC_STATUS_INTERNAL 9
#define ADBC_STATUS_IO 10
#define ADBC_STATUS_CANCELLED 11
#define ADBC_STATUS_TIMEOUT 12
#define ADBC_STATUS_UNAUTHENTICATED 13
#define ADBC_STATUS_UNAUTHORIZED 14

struct AdbcDriver;

// What went wrong. The caller releases it.
struct AdbcError {
    char *message;
    int32_t vendor_code;
    // Five characters, not ended by a zero.
    char sqlstate[5];
    void (*release)(struct AdbcError *error);
    // From here on 1.1.0.
    void *private_data;
    struct AdbcDriver *private_driver;
};

// One key and value that a driver adds to an error.
struct AdbcErrorDetail {
    const char *key;
    const uint8_t *value;
    size_t value_length;
};

// What connections share: a file, a server's address, options.
struct AdbcDatabase {
    void *private_data;
    struct AdbcDriver *private_driver;
};

// One session; used by one thread at a time, but for cancelling.
struct AdbcConnection {
    void *private_data;
    struct AdbcDriver *private_driver;
};

// One query with its options, parameters and, while it runs, its result.
struct AdbcStatement {
    void *private_data;
    struct AdbcDriver *private_driver;
};

// Parts of a distributed result.
struct AdbcPartitions {
    size_t num_partitions;
    const uint8_t **partitions;
    const size_t *partition_lengths;
    void *private_data;
    void (*release)(struct AdbcPartitions *partitions);
};

// Short names for this table alone; they end below it.
#define STATUS AdbcStatusCode
#define TEXT const char *
#define DATABASE struct AdbcDatabase *
#define CONNECTION struct AdbcConnection *
#define STATEMENT struct AdbcStatement *
#define STREAM struct ArrowArrayStream *
#define SCHEMA struct ArrowSchema *
#define ERROR struct AdbcError *

// The table of functions. A driver may leave a function null.
struct AdbcDriver {
    void *private_data;
    void *private_manager;
    STATUS (*release)(struct AdbcDriver *, ERROR);

    STATUS (*DatabaseInit)(DATABASE, ERROR);
    STATUS (*DatabaseNew)(DATABASE, ERROR);
    STATUS (*DatabaseSetOption)(DATABASE, TEXT key, TEXT value, ERROR);
    STATUS (*DatabaseRelease)(DATABASE, ERROR);

    STATUS (*ConnectionCommit)(CONNECTION, ERROR);
    STATUS (*ConnectionGetInfo)(CONNECTION, const uint32_t *codes, size_t count, STREAM, ERROR);
    STATUS (*ConnectionGetObjects)(CONNECTION, int depth, TEXT catalog, TEXT schema, TEXT table, const char **table_types,
                                   TEXT column, STREAM, ERROR);
    STATUS (*ConnectionGetTableSchema)(CONNECTION, TEXT catalog, TEXT schema, TEXT table, SCHEMA, ERROR);
    STATUS (*ConnectionGetTableTypes)(CONNECTION, STREAM, ERROR);
    STATUS (*ConnectionInit)(CONNECTION, DATABASE, ERROR);
    STATUS (*ConnectionNew)(CONNECTION, ERROR);
    STATUS (*ConnectionSetOption)(CONNECTION, TEXT key, TEXT value, ERROR);
    STATUS (*ConnectionReadPartition)(CONNECTION, const uint8_t *partition, size_t length, STREAM, ERROR);
    STATUS (*ConnectionRelease)(CONNECTION, ERROR);
    STATUS (*ConnectionRollback)(CONNECTION, ERROR);

    STATUS (*StatementBind)(STATEMENT, struct ArrowArray *, SCHEMA, ERROR);
    STATUS (*StatementBindStream)(STATEMENT, STREAM, ERROR);
    // A null stream asks for the count of affected rows alone.
    STATUS (*StatementExecuteQuery)(STATEMENT, STREAM, int64_t *rows_affected, ERROR);
    STATUS (*StatementExecutePartitions)(STATEMENT, SCHEMA, struct AdbcPartitions *, int64_t *rows_affected, ERROR);
    STATUS (*StatementGetParameterSchema)(STATEMENT, SCHEMA, ERROR);
    STATUS (*StatementNew)(CONNECTION, STATEMENT, ERROR);
    STATUS (*StatementPrepare)(STATEMENT, ERROR);
    STATUS (*StatementRelease)(STATEMENT, ERROR);
    STATUS (*StatementSetOption)(STATEMENT, TEXT key, TEXT value, ERROR);
    STATUS (*StatementSetSqlQuery)(STATEMENT, TEXT query, ERROR);
    STATUS (*StatementSetSubstraitPlan)(STATEMENT, const uint8_t *plan, size_t length, ERROR);

    // From here on 1.1.0.
    int (*ErrorGetDetailCount)(const struct AdbcError *);
    struct AdbcErrorDetail (*ErrorGetDetail)(const struct AdbcError *, int index);
    // The error behind a failed `get_next`; it belongs to the stream.
    const struct AdbcError *(*ErrorFromArrayStream)(STREAM, STATUS *);

    STATUS (*DatabaseGetOption)(DATABASE, TEXT key, char *value, size_t *length, ERROR);
    STATUS (*DatabaseGetOptionBytes)(DATABASE, TEXT key, uint8_t *value, size_t *length, ERROR);
    STATUS (*DatabaseGetOptionDouble)(DATABASE, TEXT key, double *value, ERROR);
    STATUS (*DatabaseGetOptionInt)(DATABASE, TEXT key, int64_t *value, ERROR);
    STATUS (*DatabaseSetOptionBytes)(DATABASE, TEXT key, const uint8_t *value, size_t length, ERROR);
    STATUS (*DatabaseSetOptionDouble)(DATABASE, TEXT key, double value, ERROR);
    STATUS (*DatabaseSetOptionInt)(DATABASE, TEXT key, int64_t value, ERROR);

    // May be called from another thread while the connection works.
    STATUS (*ConnectionCancel)(CONNECTION, ERROR);
    STATUS (*ConnectionGetOption)(CONNECTION, TEXT key, char *value, size_t *length, ERROR);
    STATUS (*ConnectionGetOptionBytes)(CONNECTION, TEXT key, uint8_t *value, size_t *length, ERROR);
    STATUS (*ConnectionGetOptionDouble)(CONNECTION, TEXT key, double *value, ERROR);
    STATUS (*ConnectionGetOptionInt)(CONNECTION, TEXT key, int64_t *value, ERROR);
    STATUS (*ConnectionGetStatistics)(CONNECTION, TEXT catalog, TEXT schema, TEXT table, char approximate, STREAM, ERROR);
    STATUS (*ConnectionGetStatisticNames)(CONNECTION, STREAM, ERROR);
    STATUS (*ConnectionSetOptionBytes)(CONNECTION, TEXT key, const uint8_t *value, size_t length, ERROR);
    STATUS (*ConnectionSetOptionDouble)(CONNECTION, TEXT key, double value, ERROR);
    STATUS (*ConnectionSetOptionInt)(CONNECTION, TEXT key, int64_t value, ERROR);

    STATUS (*StatementCancel)(STATEMENT, ERROR);
    STATUS (*StatementExecuteSchema)(STATEMENT, SCHEMA, ERROR);
    STATUS (*StatementGetOption)(STATEMENT, TEXT key, char *value, size_t *length, ERROR);
    STATUS (*StatementGetOptionBytes)(STATEMENT, TEXT key, uint8_t *value, size_t *length, ERROR);
    STATUS (*StatementGetOptionDouble)(STATEMENT, TEXT key, double *value, ERROR);
    STATUS (*StatementGetOptionInt)(STATEMENT, TEXT key, int64_t *value, ERROR);
    STATUS (*StatementSetOptionBytes)(STATEMENT, TEXT key, const uint8_t *value, size_t length, ERROR);
    STATUS (*StatementSetOptionDouble)(STATEMENT, TEXT key, double value, ERROR);
    STATUS (*StatementSetOptionInt)(STATEMENT, TEXT key, int64_t value, ERROR);
};

#undef STATUS
#undef TEXT
#undef DATABASE
#undef CONNECTION
#undef STATEMENT
#undef STREAM
#undef SCHEMA
#undef ERROR
