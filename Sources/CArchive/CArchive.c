#include "CArchive.h"

#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What libarchive's callbacks share: where the file is read next. */
struct source {
    int descriptor;
    la_int64_t position;
    char buffer[65536];
};

static la_ssize_t source_read(struct archive *archive, void *context, const void **buffer) {
    struct source *source = context;
    ssize_t count;
    do {
        count = pread(source->descriptor, source->buffer, sizeof source->buffer, source->position);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        archive_set_error(archive, errno, "The file cannot be read");
        return ARCHIVE_FATAL;
    }
    source->position += count;
    *buffer = source->buffer;
    return count;
}

static la_int64_t source_seek(struct archive *archive, void *context, la_int64_t offset, int whence) {
    struct source *source = context;
    struct stat facts;
    if (fstat(source->descriptor, &facts) != 0) {
        archive_set_error(archive, errno, "The file's size cannot be read");
        return ARCHIVE_FATAL;
    }
    la_int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? source->position : facts.st_size;
    la_int64_t target;
    if (__builtin_add_overflow(base, offset, &target) || target < 0) {
        archive_set_error(archive, EINVAL, "The archive points outside itself");
        return ARCHIVE_FATAL;
    }
    source->position = target;
    return target;
}

static int source_close(struct archive *archive, void *context) {
    (void)archive;
    free(context);
    return ARCHIVE_OK;
}

int carchive_open(struct archive *archive, int descriptor) {
    struct source *source = malloc(sizeof *source);
    if (source == NULL) {
        archive_set_error(archive, ENOMEM, "No memory");
        return ARCHIVE_FATAL;
    }
    source->descriptor = descriptor;
    source->position = 0;
    archive_read_set_seek_callback(archive, source_seek);
    return archive_read_open2(archive, source, NULL, source_read, NULL, source_close);
}

static locale_t utf8_locale;
static pthread_once_t utf8_locale_once = PTHREAD_ONCE_INIT;

static void make_utf8_locale(void) { utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int carchive_next(struct archive *archive, struct archive_entry **entry, const char **path) {
    pthread_once(&utf8_locale_once, make_utf8_locale);
    /* libarchive turns names into the thread's character set, which is ASCII in the C locale of a Swift program: names
       beyond it would be lost. Without the UTF-8 locale, uselocale changes nothing. */
    locale_t before = uselocale(utf8_locale);
    /* Where a name cannot be converted, libarchive asks errno whether memory ran out: an older ENOMEM of this thread would
       make a fatal error of a bad name. */
    errno = 0;
    int status = archive_read_next_header(archive, entry);
    *path = NULL;
    if (status == ARCHIVE_OK || status == ARCHIVE_WARN) {
        *path = archive_entry_pathname(*entry);
        if (*path == NULL) *path = archive_entry_pathname_utf8(*entry);
    }
    uselocale(before);
    return status;
}
