#include "native_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __APPLE__
#include <limits.h>
#include <mach-o/dyld.h>
#endif

// Copies a text whole or not at all: half a path is no path.
static bool copy(const char *from, char *to, size_t capacity) {
    size_t length = strlen(from);
    if (length >= capacity) return false;
    memcpy(to, from, length + 1);
    return true;
}

void *cadbc_library_open(const char *path, char *error, size_t capacity) {
    void *library = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    if (!library) {
        const char *text = dlerror();
        snprintf(error, capacity, "%s", text ? text : "the loader gave no reason");
    }
    return library;
}

void *cadbc_library_symbol(void *library, const char *name) { return dlsym(library, name); }

bool cadbc_library_path(const void *address, char *path, size_t capacity) {
    Dl_info info;
    return dladdr(address, &info) && info.dli_fname && copy(info.dli_fname, path, capacity);
}

AdbcStatusCode cadbc_driver_init(void *entry, int version, struct AdbcDriver *driver, struct AdbcError *error) {
    AdbcStatusCode (*init)(int, void *, struct AdbcError *);
    // A data pointer is not a function pointer in C; on every system with dlsym their bits are the same.
    memcpy(&init, &entry, sizeof init);
    return init(version, driver, error);
}

bool cadbc_program_path(char *path, size_t capacity) {
#ifdef __APPLE__
    char raw[PATH_MAX], real[PATH_MAX];
    uint32_t size = sizeof raw;
    return _NSGetExecutablePath(raw, &size) == 0 && realpath(raw, real) && copy(real, path, capacity);
#else
    ssize_t length = readlink("/proc/self/exe", path, capacity);
    if (length <= 0 || (size_t)length >= capacity) return false;
    path[length] = 0;
    return true;
#endif
}
