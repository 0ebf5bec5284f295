// The Arrow C data and C stream interfaces, declared from their public specification
// (https://arrow.apache.org/docs/format/CDataInterface.html). The order of the members is the ABI.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

// A dictionary's order has a meaning.
#define ARROW_FLAG_DICTIONARY_ORDERED 1
// The field may hold nulls.
#define ARROW_FLAG_NULLABLE 2
// A map's keys are sorted.
#define ARROW_FLAG_MAP_KEYS_SORTED 4

// A type with its name. `format` is a short text such as "l" (int64) or "u" (UTF-8). A null `release` means released.
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *schema);
    void *private_data;
};

// Values of one type: what the buffers hold depends on the schema's format. A null `release` means released.
struct ArrowArray {
    int64_t length;
    // -1 where the producer did not count.
    int64_t null_count;
    // In values, not in bytes; the buffers start that much earlier.
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *array);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

// Arrays of one schema, one after another. The callbacks return 0 or an errno value.
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *stream, struct ArrowSchema *out);
    // At the end it gives an array that is released already.
    int (*get_next)(struct ArrowArrayStream *stream, struct ArrowArray *out);
    // Valid until the next call on the stream; may be null.
    const char *(*get_last_error)(struct ArrowArrayStream *stream);
    void (*release)(struct ArrowArrayStream *stream);
    void *private_data;
};

#endif
