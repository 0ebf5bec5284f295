// What Swift can't say itself: dlopen with the loader's text, and calls through an address found by name.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "adbc.h"

// Opens a library with its symbols kept to itself bound as they are first called.
// Null where that fails; then `error` (of `capacity` bytes) holds the loader's text.
void *cadbc_library_open(const char *path, char *error, size_t capacity);

// The address of a symbol, or null.
void *cadbc_library_symbol(void *library, const char *name);

// Writes the path of the file that holds `address`; false where the loader does not know it.
bool cadbc_library_path(const void *address, char *path, size_t capacity);

// Calls a driver's entry point, which fills `driver` for a version such as ADBC_VERSION_1_1_0.
AdbcStatusCode cadbc_driver_init(void *entry, int version, struct AdbcDriver *driver, struct AdbcError *error);

// Writes the path of the running program; false where the system does not tell.
bool cadbc_program_path(char *path, size_t capacity);
