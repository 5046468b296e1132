#define _GNU_SOURCE
#include "CFaultDisk.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { sector_bytes = 512, descriptors = 4096 };

// MARK: What the disk remembers

/// A sector that was written since its file was synced, with all it held: the first content is the synced one.
struct sector {
    int64_t number;
    int count;
    /// How many contents there were when a sync failed, else 0. Linux takes such writes for done: only those made again are kept later.
    int failed_count;
    unsigned char **contents;
};

/// A file or a folder, whatever its name.
struct file {
    struct file *next;
    int is_folder;
    /// Where its bytes are for this process: its name, or a name in limbo once it has none.
    char *place;
    /// Every length since the last sync; the first is the synced one.
    int64_t *lengths;
    int length_count;
    struct sector *sectors;
    int sector_count;
};

/// A name on the disk, as it was when its folder was last synced.
struct name {
    struct name *next;
    char *path;
    struct file *file;
};

/// A change of names that no sync has kept yet, in the order of the calls: `from` is nil for a new name, `to` for a deleted one.
struct change {
    struct change *next;
    char *from, *to;
    struct file *file;
};

enum kind { reading, writing, syncing, opening, deleting, locking, truncating, mapping, renaming, allocating, kinds };
static const char *const kind_names[kinds] = {
    "read", "write", "sync", "open", "delete", "lock", "truncate", "map", "rename", "allocate",
};

static struct {
    pthread_mutex_t mutex;
    int is_on;
    char *folder, *limbo, *ignored;
    struct file *files;
    struct name *names;
    struct change *changes, **last_change;
    /// The file, or the folder, behind a descriptor.
    struct file *opened[descriptors];
    char *folders[descriptors];
    uint64_t state, calls, cut;
    int has_failed, limbo_count;
    uint64_t counts[kinds], failing;
    enum kind failing_kind;
    int fails_on;
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/// SplitMix64.
static uint64_t random_below(uint64_t bound) {
    uint64_t z = disk.state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (z ^ z >> 31) % bound;
}

// MARK: The C library's own calls

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    void *call = dlsym(RTLD_NEXT, name);
    if (!call) abort();
    return call;
}

// MARK: Files and names

/// The path without a doubled slash or a dot, nil where it is not on this disk.
static char *on_disk(int folder, const char *path) {
    if (!disk.is_on || !path || (path[0] != '/' && folder != AT_FDCWD)) return NULL;
    char whole[2 * PATH_MAX], clean[2 * PATH_MAX];
    if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
    else {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return NULL;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
    }
    char *end = clean;
    for (char *from = whole; *from; from++) {
        if (*from == '/' && (from[1] == '/' || from[1] == 0)) continue;
        if (*from == '/' && from[1] == '.' && (from[2] == '/' || from[2] == 0)) {
            from++;
            continue;
        }
        *end++ = *from;
    }
    *end = 0;
    size_t length = strlen(disk.folder);
    return strncmp(clean, disk.folder, length) || (clean[length] != '/' && clean[length]) ? NULL : strdup(clean);
}

static int ends_with(const char *path, const char *end) {
    size_t length = strlen(path), end_length = strlen(end);
    return length >= end_length && !strcmp(path + length - end_length, end);
}

static struct file *file_at(const char *path) {
    for (struct file *file = disk.files; file; file = file->next) {
        if (!strcmp(file->place, path)) return file;
    }
    return NULL;
}

static struct file *add_file(const char *path) {
    struct file *file = calloc(1, sizeof *file);
    file->place = strdup(path);
    file->next = disk.files;
    disk.files = file;
    return file;
}

static struct name *name_at(const char *path) {
    for (struct name *name = disk.names; name; name = name->next) {
        if (!strcmp(name->path, path)) return name;
    }
    return NULL;
}

static void set_name(const char *path, struct file *file) {
    struct name *name = name_at(path);
    if (!name) {
        name = calloc(1, sizeof *name);
        name->path = strdup(path);
        name->next = disk.names;
        disk.names = name;
    }
    name->file = file;
}

/// The file of a name that is there; what was there before this process is on the disk.
static struct file *known(const char *path) {
    struct file *file = file_at(path);
    struct stat facts;
    if (file || lstat(path, &facts) || !S_ISREG(facts.st_mode)) return file;
    file = add_file(path);
    set_name(path, file);
    return file;
}

static void add_change(const char *from, const char *to, struct file *file) {
    struct change *change = calloc(1, sizeof *change);
    change->from = from ? strdup(from) : NULL;
    change->to = to ? strdup(to) : NULL;
    change->file = file;
    if (!disk.changes) disk.last_change = &disk.changes;
    *disk.last_change = change;
    disk.last_change = &change->next;
}

static void carry_out(struct change *change) {
    if (change->from) {
        struct name *from = name_at(change->from);
        if (from && from->file == change->file) from->file = NULL;
    }
    if (change->to) set_name(change->to, change->file);
}

static int is_in(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return path && !strncmp(path, folder, length) && path[length] == '/' && !strchr(path + length + 1, '/');
}

/// The names in a folder are on the disk as this process sees them.
static void sync_folder(const char *folder) {
    struct change **link = &disk.changes;
    disk.last_change = link;
    while (*link) {
        struct change *change = *link;
        if (is_in(change->from, folder) || is_in(change->to, folder)) {
            carry_out(change);
            *link = change->next;
            free(change->from);
            free(change->to);
            free(change);
        } else {
            link = &change->next;
            disk.last_change = link;
        }
    }
}

/// A file that loses its name keeps its bytes, since the name may come back with the power.
static int to_limbo(struct file *file) {
    char place[PATH_MAX + 16];
    snprintf(place, sizeof place, "%s/%d", disk.limbo, disk.limbo_count++);
    if (REAL(link)(file->place, place)) return errno;
    free(file->place);
    file->place = strdup(place);
    return 0;
}

/// A sync succeeded: what was written stays, but for what an earlier sync failed to keep.
static void keep_writes(struct file *file) {
    int kept = 0;
    for (int i = 0; i < file->sector_count; i++) {
        struct sector *sector = &file->sectors[i];
        if (sector->failed_count == sector->count) {
            file->sectors[kept++] = *sector;
            continue;
        }
        for (int j = 0; j < sector->count; j++) free(sector->contents[j]);
        free(sector->contents);
    }
    file->sector_count = kept;
    file->length_count = 0;
}

/// A sync failed.
static void fail_writes(struct file *file) {
    for (int i = 0; i < file->sector_count; i++) file->sectors[i].failed_count = file->sectors[i].count;
}

static void add_length(struct file *file, int64_t length) {
    file->lengths = realloc(file->lengths, (file->length_count + 1) * sizeof *file->lengths);
    file->lengths[file->length_count++] = length;
}

static struct sector *sector_of(struct file *file, int64_t number) {
    // The sector written last is usually asked for first.
    for (int i = file->sector_count - 1; i >= 0; i--) {
        if (file->sectors[i].number == number) return &file->sectors[i];
    }
    return NULL;
}

/// Reads from a file that may be open for writing only. A file opened that way has no locks, which a second descriptor would drop.
static ssize_t read_at(int descriptor, void *bytes, size_t count, int64_t offset) {
    ssize_t got = REAL(pread64)(descriptor, bytes, count, offset);
    if (got >= 0 || errno != EBADF) return got;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    int reader = REAL(open64)(path, O_RDONLY | O_CLOEXEC);
    if (reader < 0) return -1;
    got = REAL(pread64)(reader, bytes, count, offset);
    REAL(close)(reader);
    return got;
}

static int64_t length_of(int descriptor) {
    struct stat facts;
    return fstat(descriptor, &facts) ? 0 : facts.st_size;
}

/// Remembers what `count` bytes at `offset` held, if that is not known, and what they hold now.
static void remember(struct file *file, int descriptor, const unsigned char *bytes, int64_t count, int64_t offset) {
    int64_t length = length_of(descriptor);
    if (!file->length_count) add_length(file, length);
    for (int64_t number = offset / sector_bytes; number * sector_bytes < offset + count; number++) {
        struct sector *sector = sector_of(file, number);
        if (!sector) {
            file->sectors = realloc(file->sectors, (file->sector_count + 1) * sizeof *file->sectors);
            sector = &file->sectors[file->sector_count++];
            *sector = (struct sector){.number = number, .contents = malloc(sizeof *sector->contents), .count = 1};
            sector->contents[0] = calloc(1, sector_bytes);
            if (length > number * sector_bytes && read_at(descriptor, sector->contents[0], sector_bytes, number * sector_bytes) < 0) abort();
        }
        unsigned char *now = malloc(sector_bytes);
        memcpy(now, sector->contents[sector->count - 1], sector_bytes);
        int64_t first = number * sector_bytes, from = offset > first ? offset : first;
        int64_t to = offset + count < first + sector_bytes ? offset + count : first + sector_bytes;
        memcpy(now + (from - first), bytes + (from - offset), to - from);
        sector->contents = realloc(sector->contents, (sector->count + 1) * sizeof *sector->contents);
        sector->contents[sector->count++] = now;
    }
    if (offset + count > length) add_length(file, offset + count);
}

/// The sectors behind a file's new end are needed again where the old length comes back.
static void remember_end(struct file *file, int descriptor, int64_t length) {
    int64_t before = length_of(descriptor);
    for (int64_t first = length / sector_bytes * sector_bytes; first < before; first += sector_bytes) {
        unsigned char bytes[sector_bytes] = {0};
        ssize_t held = read_at(descriptor, bytes, sector_bytes, first);
        if (held > 0) remember(file, descriptor, bytes, held, first);
    }
    if (!file->length_count) add_length(file, before);
    add_length(file, length);
}

// MARK: The power fails

/// Brings a file's bytes to what the disk may hold after the cut.
static void settle_bytes(struct file *file) {
    if (!file->length_count && !file->sector_count) return;
    int descriptor = REAL(open64)(file->place, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return;
    // The length first, so that what lies beyond it is cut off whatever was chosen for it.
    int64_t length = file->length_count ? file->lengths[random_below(file->length_count)] : length_of(descriptor);
    if (REAL(ftruncate64)(descriptor, length)) abort();
    for (int i = 0; i < file->sector_count; i++) {
        struct sector *sector = &file->sectors[i];
        int64_t first = sector->number * sector_bytes, room = length - first;
        unsigned char *content = sector->contents[random_below(sector->count)];
        if (room <= 0) continue;
        size_t count = room < sector_bytes ? (size_t)room : sector_bytes;
        if (REAL(pwrite64)(descriptor, content, count, first) != (ssize_t)count) abort();
    }
    REAL(close)(descriptor);
}

/// Whether a folder that was made above this path is lost.
static int is_in_lost_folder(const char *path) {
    for (struct name *name = disk.names; name; name = name->next) {
        size_t length = strlen(name->path);
        if (!name->file && !strncmp(path, name->path, length) && path[length] == '/') return 1;
    }
    return 0;
}

/// Brings the folder to what the disk may hold after the cut. The mutex is held.
static void settle(void) {
    for (struct change *change = disk.changes; change; change = change->next) {
        if (random_below(2)) carry_out(change);
        // The other end of a change that was not carried out is a name all the same.
        if (change->from && !name_at(change->from)) set_name(change->from, NULL);
        if (change->to && !name_at(change->to)) set_name(change->to, NULL);
    }
    for (struct file *file = disk.files; file; file = file->next) {
        // Shared memory is gone after a cut. To cut it short would end a thread that still reads it by SIGBUS.
        if (!file->is_folder && !ends_with(file->place, "-shm")) settle_bytes(file);
    }
    for (struct file *file = disk.files; file; file = file->next) {
        if (!file->is_folder && !ends_with(file->place, "-shm") && !is_in(file->place, disk.limbo)) to_limbo(file);
    }
    for (struct name *name = disk.names; name; name = name->next) {
        REAL(unlink)(name->path);
        if (!name->file || name->file->is_folder || ends_with(name->path, "-shm")) continue;
        if (!is_in_lost_folder(name->path) && REAL(link)(name->file->place, name->path)) abort();
    }
    for (struct name *name = disk.names; name; name = name->next) {
        if (!name->file) REAL(rmdir)(name->path);
    }
    for (int i = 0; i < disk.limbo_count; i++) {
        char place[PATH_MAX + 16];
        snprintf(place, sizeof place, "%s/%d", disk.limbo, i);
        REAL(unlink)(place);
    }
}

static void report(void) {
    const char *path = getenv("FAULT_REPORT");
    if (!path) return;
    int descriptor = REAL(open64)(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) return;
    dprintf(descriptor, "change %llu\nfailed %d\n", (unsigned long long)disk.calls, disk.has_failed);
    for (int kind = 0; kind < kinds; kind++) {
        dprintf(descriptor, "%s %llu\n", kind_names[kind], (unsigned long long)disk.counts[kind]);
    }
    REAL(close)(descriptor);
}

/// Removes what an earlier process left in limbo.
static void clear_limbo(void) {
    if (REAL(mkdir)(disk.limbo, 0700) && errno != EEXIST) abort();
    DIR *folder = opendir(disk.limbo);
    if (!folder) abort();
    for (struct dirent *entry; (entry = readdir(folder));) REAL(unlinkat)(dirfd(folder), entry->d_name, 0);
    closedir(folder);
}

static sqlite3_mem_methods memory;
static void *allocate(int bytes);
static void *resize(void *old, int bytes);

/// Puts a counter before SQLite's allocator, in a process that has SQLite.
static void count_allocations(void) {
    int (*configure)(int, ...) = (int (*)(int, ...))dlsym(RTLD_DEFAULT, "sqlite3_config");
    if (!configure || configure(SQLITE_CONFIG_GETMALLOC, &memory)) return;
    sqlite3_mem_methods counted = memory;
    counted.xMalloc = allocate;
    counted.xRealloc = resize;
    if (configure(SQLITE_CONFIG_MALLOC, &counted)) abort();
}

/// The power that has not failed until now fails as the process ends: its other threads, which run until then, change nothing any more.
static void finish(int status, void *unused) {
    (void)unused;
    fflush(NULL);
    pthread_mutex_lock(&disk.mutex);
    report();
    if (disk.cut) {
        settle();
        _exit(status);
    }
    disk.is_on = 0;
    pthread_mutex_unlock(&disk.mutex);
}

__attribute__((constructor)) static void start(void) {
    char *folder = getenv("FAULT_FOLDER"), *fail = getenv("FAULT_FAIL");
    if (!folder || disk.is_on) return;
    disk.folder = folder;
    if (asprintf(&disk.limbo, "%s.limbo", folder) < 0) abort();
    clear_limbo();
    disk.ignored = getenv("FAULT_IGNORE");
    disk.state = getenv("FAULT_SEED") ? strtoull(getenv("FAULT_SEED"), NULL, 10) : 0;
    disk.cut = getenv("FAULT_CUT") ? strtoull(getenv("FAULT_CUT"), NULL, 10) : 0;
    for (int kind = 0; fail && kind < kinds; kind++) {
        size_t length = strlen(kind_names[kind]);
        if (strncmp(fail, kind_names[kind], length) || fail[length] != ':') continue;
        char *end;
        disk.failing_kind = kind;
        disk.failing = strtoull(fail + length + 1, &end, 10);
        disk.fails_on = !strcmp(end, ":on");
    }
    count_allocations();
    if (on_exit(finish, NULL)) abort();
    disk.is_on = 1;
}

static void cut(void) {
    report();
    settle();
    _exit(99);
}

// MARK: Calls

static void lock_disk(void) { pthread_mutex_lock(&disk.mutex); }
static void unlock_disk(void) { pthread_mutex_unlock(&disk.mutex); }

static int error_of(enum kind kind) {
    switch (kind) {
    case writing: case truncating: return disk.failing % 2 ? ENOSPC : EIO;
    case opening: return disk.failing % 2 ? EMFILE : ENOSPC;
    case deleting: return EACCES;
    case mapping: return ENOMEM;
    default: return EIO;
    }
}

/// Whether this call goes on; else `errno` is set. The mutex is held.
static int goes_on(enum kind kind, int is_change) {
    disk.counts[kind]++;
    if (is_change && ++disk.calls == disk.cut) cut();
    if (!disk.failing || kind != disk.failing_kind) return 1;
    if (disk.fails_on ? disk.counts[kind] < disk.failing : disk.counts[kind] != disk.failing) return 1;
    disk.has_failed = 1;
    errno = error_of(kind);
    return 0;
}

static struct file *file_behind(int descriptor) {
    return disk.is_on && descriptor >= 0 && descriptor < descriptors ? disk.opened[descriptor] : NULL;
}

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    lock_disk();
    char *place = on_disk(folder, path);
    if (!place) {
        unlock_disk();
        return REAL(openat64)(folder, path, flags, mode);
    }
    struct stat facts;
    int was_there = !lstat(place, &facts), is_folder = was_there && S_ISDIR(facts.st_mode);
    int is_change = !is_folder && (flags & O_ACCMODE) != O_RDONLY;
    int descriptor = goes_on(opening, is_change) ? REAL(openat64)(folder, path, flags & ~O_TRUNC, mode) : -1;
    if (descriptor >= descriptors) abort();
    if (descriptor >= 0 && is_folder) {
        free(disk.folders[descriptor]);
        disk.folders[descriptor] = strdup(place);
    } else if (descriptor >= 0) {
        struct file *file = was_there ? known(place) : add_file(place);
        if (!was_there) {
            add_change(NULL, place, file);
            add_length(file, 0);
        }
        disk.opened[descriptor] = file;
        if (file && flags & O_TRUNC) {
            remember_end(file, descriptor, 0);
            if (REAL(ftruncate64)(descriptor, 0)) abort();
        }
    }
    free(place);
    unlock_disk();
    return descriptor;
}

#define OPEN(name, folder, arguments) \
    int name arguments { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        return open_at(folder, path, flags, mode); \
    }

OPEN(open, AT_FDCWD, (const char *path, int flags, ...))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...))
OPEN(openat, folder, (int folder, const char *path, int flags, ...))
OPEN(openat64, folder, (int folder, const char *path, int flags, ...))

int close(int descriptor) {
    lock_disk();
    if (disk.is_on && descriptor >= 0 && descriptor < descriptors) {
        disk.opened[descriptor] = NULL;
        free(disk.folders[descriptor]);
        disk.folders[descriptor] = NULL;
    }
    unlock_disk();
    return REAL(close)(descriptor);
}

/// Writes at an offset, or where the file stands if it is negative.
static ssize_t write_at(int descriptor, const void *bytes, size_t count, int64_t offset) {
    struct file *file = file_behind(descriptor);
    if (file) {
        lock_disk();
        int64_t place = offset >= 0 ? offset : lseek64(descriptor, 0, SEEK_CUR);
        // A write that the power fails in may be on the disk in part.
        if (disk.calls + 1 == disk.cut) remember(file, descriptor, bytes, count, place);
        if (!goes_on(writing, 1)) {
            unlock_disk();
            return -1;
        }
        remember(file, descriptor, bytes, count, place);
    }
    ssize_t written = offset >= 0 ? REAL(pwrite64)(descriptor, bytes, count, offset) : REAL(write)(descriptor, bytes, count);
    if (file) unlock_disk();
    return written;
}

ssize_t write(int descriptor, const void *bytes, size_t count) { return write_at(descriptor, bytes, count, -1); }
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) { return write_at(descriptor, bytes, count, offset); }
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) { return write_at(descriptor, bytes, count, offset); }

/// Whether SQLite gets memory.
static int can_allocate(void) {
    if (!disk.is_on) return 1;
    lock_disk();
    int ok = goes_on(allocating, 0);
    unlock_disk();
    return ok;
}

static void *allocate(int bytes) { return can_allocate() ? memory.xMalloc(bytes) : NULL; }
static void *resize(void *old, int bytes) { return can_allocate() ? memory.xRealloc(old, bytes) : NULL; }

/// Whether a read of this descriptor goes on.
static int can_read(int descriptor) {
    if (!file_behind(descriptor)) return 1;
    lock_disk();
    int ok = goes_on(reading, 0);
    unlock_disk();
    return ok;
}

ssize_t read(int descriptor, void *bytes, size_t count) { return can_read(descriptor) ? REAL(read)(descriptor, bytes, count) : -1; }
ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    return can_read(descriptor) ? REAL(pread)(descriptor, bytes, count, offset) : -1;
}
ssize_t pread64(int descriptor, void *bytes, size_t count, off64_t offset) {
    return can_read(descriptor) ? REAL(pread64)(descriptor, bytes, count, offset) : -1;
}

int ftruncate64(int descriptor, off64_t length) {
    struct file *file = file_behind(descriptor);
    if (!file) return REAL(ftruncate64)(descriptor, length);
    lock_disk();
    int result = -1;
    if (goes_on(truncating, 1)) {
        remember_end(file, descriptor, length);
        result = REAL(ftruncate64)(descriptor, length);
    }
    unlock_disk();
    return result;
}

int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

/// Whether FAULT_IGNORE means this file or folder.
static int is_ignored(const char *path, int is_folder) {
    if (!disk.ignored || !*disk.ignored) return 0;
    return is_folder ? !strcmp(disk.ignored, "/") : ends_with(path, disk.ignored);
}

// Nothing is truly synced: the machine's own power is not what is tried.
int fsync(int descriptor) {
    if (!disk.is_on || descriptor < 0 || descriptor >= descriptors) return REAL(fsync)(descriptor);
    lock_disk();
    struct file *file = disk.opened[descriptor];
    char *folder = disk.folders[descriptor];
    int result = !(file || folder) ? REAL(fsync)(descriptor) : goes_on(syncing, 1) ? 0 : -1;
    if (result < 0 && file) fail_writes(file);
    if (!result && file && !is_ignored(file->place, 0)) keep_writes(file);
    if (!result && folder && !is_ignored(folder, 1)) sync_folder(folder);
    unlock_disk();
    return result;
}

int fdatasync(int descriptor) { return fsync(descriptor); }

int unlink(const char *path) {
    lock_disk();
    char *place = on_disk(AT_FDCWD, path);
    int result = -1;
    if (!place) result = REAL(unlink)(path);
    else if (goes_on(deleting, 1)) {
        struct file *file = known(place);
        int error = file ? to_limbo(file) : 0;
        result = error ? -1 : REAL(unlink)(path);
        if (!result && file) add_change(place, NULL, file);
    }
    free(place);
    unlock_disk();
    return result;
}

int mkdir(const char *path, mode_t mode) {
    lock_disk();
    char *place = on_disk(AT_FDCWD, path);
    int result = REAL(mkdir)(path, mode);
    if (!result && place) {
        struct file *folder = add_file(place);
        folder->is_folder = 1;
        add_change(NULL, place, folder);
    }
    free(place);
    unlock_disk();
    return result;
}

// Calls that this disk does not know: one that is met has to be added here.
static void refuse_path(const char *path) {
    char *place = on_disk(AT_FDCWD, path);
    if (place) abort();
}
static void refuse_file(int descriptor) {
    if (file_behind(descriptor)) abort();
}

int rmdir(const char *path) { refuse_path(path); return REAL(rmdir)(path); }
int link(const char *from, const char *to) { refuse_path(to); return REAL(link)(from, to); }
int truncate(const char *path, off_t length) { refuse_path(path); return REAL(truncate)(path, length); }
int unlinkat(int folder, const char *path, int flags) { refuse_path(path); return REAL(unlinkat)(folder, path, flags); }
int renameat(int old, const char *from, int new, const char *to) { refuse_path(to); return REAL(renameat)(old, from, new, to); }
ssize_t writev(int descriptor, const struct iovec *parts, int count) { refuse_file(descriptor); return REAL(writev)(descriptor, parts, count); }
int fallocate(int descriptor, int mode, off_t offset, off_t length) {
    refuse_file(descriptor);
    return REAL(fallocate)(descriptor, mode, offset, length);
}
ssize_t copy_file_range(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t count, unsigned flags) {
    refuse_file(to);
    return REAL(copy_file_range)(from, from_offset, to, to_offset, count, flags);
}

int remove(const char *path) {
    struct stat facts;
    return !lstat(path, &facts) && S_ISDIR(facts.st_mode) ? rmdir(path) : unlink(path);
}

int rename(const char *from, const char *to) {
    lock_disk();
    char *old = on_disk(AT_FDCWD, from), *new = on_disk(AT_FDCWD, to);
    int result = -1;
    if (!old && !new) result = REAL(rename)(from, to);
    else if (!old || !new) abort();
    else if (goes_on(renaming, 1)) {
        struct file *file = known(old), *replaced = known(new);
        if (replaced && to_limbo(replaced)) abort();
        result = REAL(rename)(from, to);
        if (result) abort();
        free(file->place);
        file->place = strdup(new);
        add_change(old, new, file);
    }
    free(old);
    free(new);
    unlock_disk();
    return result;
}

static int control(int descriptor, int command, void *argument) {
    int is_lock = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK || command == F_OFD_SETLKW;
    // To unlock never fails.
    if (is_lock && file_behind(descriptor) && ((struct flock *)argument)->l_type != F_UNLCK) {
        lock_disk();
        int ok = goes_on(locking, 0);
        unlock_disk();
        if (!ok) return -1;
    }
    return REAL(fcntl64)(descriptor, command, argument);
}

#define CONTROL(name) \
    int name(int descriptor, int command, ...) { \
        va_list rest; \
        va_start(rest, command); \
        void *argument = va_arg(rest, void *); \
        va_end(rest); \
        return control(descriptor, command, argument); \
    }

CONTROL(fcntl)
CONTROL(fcntl64)

static void *map(void *at, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    if (file_behind(descriptor)) {
        lock_disk();
        int ok = goes_on(mapping, 0);
        unlock_disk();
        if (!ok) return MAP_FAILED;
    }
    return REAL(mmap64)(at, length, protection, flags, descriptor, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int descriptor, off64_t offset) {
    return map(at, length, protection, flags, descriptor, offset);
}
void *mmap(void *at, size_t length, int protection, int flags, int descriptor, off_t offset) {
    return map(at, length, protection, flags, descriptor, offset);
}
