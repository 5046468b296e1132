#include "CFaultVFS.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { sector_bytes = 512 };

// MARK: What the disk remembers

/// A sector that was written since its file was synced, with all it held: the first content is the synced one.
struct sector {
    int64_t number;
    int count;
    unsigned char **contents;
};

/// A file by name.
struct node {
    struct node *next;
    char *path;
    /// Whether the name is on the disk, and whether it is there for the program.
    int is_named, exists;
    /// A deleted file that may come back has its bytes here.
    unsigned char *bytes;
    int64_t byte_count;
    /// Every length since the last sync; the first is the synced one.
    int64_t *lengths;
    int length_count;
    struct sector *sectors;
    int sector_count;
};

static struct {
    pthread_mutex_t mutex;
    sqlite3_vfs *unix_vfs;
    struct node *nodes;
    uint64_t state;
    uint64_t writes, cut_at;
    int is_cut, has_failed;
    uint64_t counts[fault_kinds], failing[fault_kinds];
    int is_forever[fault_kinds];
} disk = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/// SplitMix64.
static uint64_t random_below(uint64_t bound) {
    uint64_t z = disk.state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (z ^ z >> 31) % bound;
}

static void forget_writes(struct node *node) {
    for (int i = 0; i < node->sector_count; i++) {
        for (int j = 0; j < node->sectors[i].count; j++) free(node->sectors[i].contents[j]);
        free(node->sectors[i].contents);
    }
    free(node->sectors);
    free(node->lengths);
    node->sectors = NULL;
    node->lengths = NULL;
    node->sector_count = node->length_count = 0;
}

static struct node *node_at(const char *path) {
    for (struct node *node = disk.nodes; node; node = node->next) {
        if (!strcmp(node->path, path)) return node;
    }
    return NULL;
}

static struct node *make_node(const char *path, int is_named) {
    struct node *node = calloc(1, sizeof *node);
    node->path = strdup(path);
    node->is_named = is_named;
    node->next = disk.nodes;
    disk.nodes = node;
    return node;
}

static int is_beside(const char *one, const char *other) {
    const char *slash = strrchr(one, '/'), *other_slash = strrchr(other, '/');
    if (!slash || !other_slash) return slash == other_slash;
    return slash - one == other_slash - other && !strncmp(one, other, slash - one);
}

/// The folder of `path` was synced: its names are on the disk as the program sees them.
static void sync_folder(const char *path) {
    for (struct node *node = disk.nodes; node; node = node->next) {
        if (!is_beside(node->path, path)) continue;
        node->is_named = node->exists;
        if (!node->exists) {
            free(node->bytes);
            node->bytes = NULL;
            forget_writes(node);
        }
    }
}

static void add_length(struct node *node, int64_t length) {
    node->lengths = realloc(node->lengths, (node->length_count + 1) * sizeof *node->lengths);
    node->lengths[node->length_count++] = length;
}

static struct sector *sector_of(struct node *node, int64_t number) {
    // Written last is asked for first.
    for (int i = node->sector_count - 1; i >= 0; i--) {
        if (node->sectors[i].number == number) return &node->sectors[i];
    }
    return NULL;
}

// MARK: Calls

/// Whether this call goes on. The mutex is held.
static int goes_on(enum fault_call kind, int is_write) {
    if (disk.is_cut) return 0;
    disk.counts[kind]++;
    if (is_write && ++disk.writes == disk.cut_at) {
        disk.is_cut = 1;
        return 0;
    }
    uint64_t failing = disk.failing[kind];
    if (failing && (disk.counts[kind] == failing || (disk.is_forever[kind] && disk.counts[kind] > failing))) {
        disk.has_failed = 1;
        return 0;
    }
    return 1;
}

static int begin(enum fault_call kind, int is_write) {
    pthread_mutex_lock(&disk.mutex);
    int ok = goes_on(kind, is_write);
    if (!ok) pthread_mutex_unlock(&disk.mutex);
    return ok;
}

static int end(int result) {
    pthread_mutex_unlock(&disk.mutex);
    return result;
}

struct file {
    sqlite3_file base;
    struct node *node;
    /// Whether SQLite's unix VFS syncs the folder with the file's first sync.
    int syncs_folder;
    sqlite3_file *real;
};

#define SELF struct file *self = (struct file *)base
#define REAL self->real->pMethods

static int vfs_close(sqlite3_file *base) {
    SELF;
    int result = REAL ? REAL->xClose(self->real) : SQLITE_OK;
    free(self->real);
    self->real = NULL;
    return result;
}

static int vfs_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    SELF;
    if (!begin(fault_read, 0)) return SQLITE_IOERR_READ;
    return end(REAL->xRead(self->real, bytes, count, offset));
}

/// Remembers what `count` bytes at `offset` held, if that is not known, and what they hold now.
static int remember(struct file *self, const unsigned char *bytes, int count, int64_t offset) {
    struct node *node = self->node;
    sqlite3_int64 length = 0;
    int result = REAL->xFileSize(self->real, &length);
    if (result) return result;
    if (!node->length_count) add_length(node, length);
    for (int64_t number = offset / sector_bytes; number * sector_bytes < offset + count; number++) {
        struct sector *sector = sector_of(node, number);
        if (!sector) {
            node->sectors = realloc(node->sectors, (node->sector_count + 1) * sizeof *node->sectors);
            sector = &node->sectors[node->sector_count++];
            *sector = (struct sector){.number = number, .contents = malloc(sizeof *sector->contents), .count = 1};
            sector->contents[0] = calloc(1, sector_bytes);
            int64_t held = length - number * sector_bytes;
            if (held > 0) {
                result = REAL->xRead(
                    self->real, sector->contents[0], held < sector_bytes ? (int)held : sector_bytes, number * sector_bytes);
                if (result) return result;
            }
        }
        unsigned char *now = malloc(sector_bytes);
        memcpy(now, sector->contents[sector->count - 1], sector_bytes);
        int64_t first = number * sector_bytes, from = offset > first ? offset : first;
        int64_t to = offset + count < first + sector_bytes ? offset + count : first + sector_bytes;
        memcpy(now + (from - first), bytes + (from - offset), to - from);
        sector->contents = realloc(sector->contents, (sector->count + 1) * sizeof *sector->contents);
        sector->contents[sector->count++] = now;
    }
    if (offset + count > length) add_length(node, offset + count);
    return SQLITE_OK;
}

static int vfs_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    SELF;
    pthread_mutex_lock(&disk.mutex);
    int was_on = !disk.is_cut;
    int ok = goes_on(fault_write, 1);
    // A write that the power fails in may be on the disk in part.
    int is_torn = !ok && was_on && disk.is_cut;
    if (self->node && (ok || is_torn)) {
        int result = remember(self, bytes, count, offset);
        if (result) return end(result);
    }
    if (!ok) return end(SQLITE_IOERR_WRITE);
    return end(REAL->xWrite(self->real, bytes, count, offset));
}

static int vfs_truncate(sqlite3_file *base, sqlite3_int64 length) {
    SELF;
    if (!begin(fault_truncate, 1)) return SQLITE_IOERR_TRUNCATE;
    if (self->node) {
        sqlite3_int64 before = 0;
        int result = REAL->xFileSize(self->real, &before);
        if (result) return end(result);
        // What is cut off may be needed again: its sectors are remembered with the content they have.
        for (int64_t number = length / sector_bytes; number * sector_bytes < before; number++) {
            unsigned char bytes[sector_bytes] = {0};
            int64_t first = number * sector_bytes, held = before - first;
            int bytes_held = held < sector_bytes ? (int)held : sector_bytes;
            result = REAL->xRead(self->real, bytes, bytes_held, first);
            if (!result) result = remember(self, bytes, bytes_held, first);
            if (result) return end(result);
        }
        if (!self->node->length_count) add_length(self->node, before);
        add_length(self->node, length);
    }
    return end(REAL->xTruncate(self->real, length));
}

static int vfs_sync(sqlite3_file *base, int flags) {
    SELF;
    if (!begin(fault_sync, 1)) return SQLITE_IOERR_FSYNC;
    // Nothing is truly synced: the machine's own power is not what is tried.
    if (self->node) {
        forget_writes(self->node);
        if (self->syncs_folder) {
            sync_folder(self->node->path);
            self->syncs_folder = 0;
        }
    }
    (void)flags;
    return end(SQLITE_OK);
}

static int vfs_file_size(sqlite3_file *base, sqlite3_int64 *length) {
    SELF;
    return REAL->xFileSize(self->real, length);
}

static int vfs_lock(sqlite3_file *base, int level) {
    SELF;
    if (!begin(fault_lock, 0)) return SQLITE_IOERR_LOCK;
    return end(REAL->xLock(self->real, level));
}

static int vfs_unlock(sqlite3_file *base, int level) {
    SELF;
    return REAL->xUnlock(self->real, level);
}

static int vfs_check_reserved(sqlite3_file *base, int *result) {
    SELF;
    return REAL->xCheckReservedLock(self->real, result);
}

static int vfs_control(sqlite3_file *base, int code, void *argument) {
    SELF;
    // A size hint writes behind our back.
    if (code == SQLITE_FCNTL_SIZE_HINT || code == SQLITE_FCNTL_CHUNK_SIZE) return SQLITE_OK;
    return REAL->xFileControl(self->real, code, argument);
}

/// What a plain disk promises: nothing.
static int vfs_sector_size(sqlite3_file *base) {
    (void)base;
    return sector_bytes;
}

static int vfs_characteristics(sqlite3_file *base) {
    (void)base;
    return 0;
}

static int vfs_map(sqlite3_file *base, int region, int bytes, int extends, void volatile **memory) {
    SELF;
    if (!begin(fault_shared_memory, 0)) return SQLITE_IOERR_SHMMAP;
    return end(REAL->xShmMap(self->real, region, bytes, extends, memory));
}

static int vfs_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    SELF;
    // To unlock must never fail.
    if (!(flags & SQLITE_SHM_UNLOCK) && !begin(fault_lock, 0)) return SQLITE_IOERR_SHMLOCK;
    if (flags & SQLITE_SHM_UNLOCK) return REAL->xShmLock(self->real, offset, count, flags);
    return end(REAL->xShmLock(self->real, offset, count, flags));
}

static void vfs_barrier(sqlite3_file *base) {
    SELF;
    REAL->xShmBarrier(self->real);
}

static int vfs_unmap(sqlite3_file *base, int deletes) {
    SELF;
    return REAL->xShmUnmap(self->real, deletes);
}

// Version 2: no memory maps of files, whose writes nothing would see.
static const sqlite3_io_methods methods = {
    2, vfs_close, vfs_read, vfs_write, vfs_truncate, vfs_sync, vfs_file_size, vfs_lock, vfs_unlock, vfs_check_reserved, vfs_control,
    vfs_sector_size, vfs_characteristics, vfs_map, vfs_shm_lock, vfs_barrier, vfs_unmap, NULL, NULL,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out) {
    SELF;
    (void)vfs;
    base->pMethods = NULL;
    self->node = NULL;
    self->real = NULL;
    int is_kept = path && flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL);
    if (!begin(fault_open, 1)) return SQLITE_CANTOPEN;
    int is_there = path && access(path, F_OK) == 0;
    self->real = calloc(1, disk.unix_vfs->szOsFile);
    int result = disk.unix_vfs->xOpen(disk.unix_vfs, path, self->real, flags, flags_out);
    if (result) {
        free(self->real);
        self->real = NULL;
        return end(result);
    }
    base->pMethods = &methods;
    if (is_kept) {
        struct node *node = node_at(path);
        if (!node) node = make_node(path, is_there);
        if (!node->exists && node->bytes) {
            // A new file under the name of one that may still be on the disk: the old one is given up.
            free(node->bytes);
            node->bytes = NULL;
            forget_writes(node);
        }
        node->exists = 1;
        self->node = node;
        self->syncs_folder = !is_there && !(flags & SQLITE_OPEN_MAIN_DB);
    }
    return end(SQLITE_OK);
}

/// The bytes of a file, for one that is deleted and may come back.
static unsigned char *bytes_of(const char *path, int64_t *count) {
    struct stat facts;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    *count = 0;
    if (descriptor < 0) return NULL;
    unsigned char *bytes = NULL;
    if (!fstat(descriptor, &facts)) {
        bytes = malloc(facts.st_size + 1);
        ssize_t got;
        while ((got = pread(descriptor, bytes + *count, facts.st_size - *count, *count)) > 0) *count += got;
    }
    close(descriptor);
    return bytes;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder) {
    (void)vfs;
    if (!begin(fault_delete, 1)) return SQLITE_IOERR_DELETE;
    struct node *node = node_at(path);
    if (!node && access(path, F_OK) == 0) node = make_node(path, 1);
    if (node && node->exists == 0 && access(path, F_OK) == 0) node->exists = 1;
    if (node && node->is_named && !syncs_folder) {
        free(node->bytes);
        node->bytes = bytes_of(path, &node->byte_count);
    }
    int result = disk.unix_vfs->xDelete(disk.unix_vfs, path, 0);
    if (!result && node) {
        node->exists = 0;
        if (!node->is_named) forget_writes(node);
        if (syncs_folder) sync_folder(path);
    }
    return end(result);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    return disk.unix_vfs->xAccess(disk.unix_vfs, path, flags, result);
}

static int vfs_full_pathname(sqlite3_vfs *vfs, const char *path, int count, char *full) {
    (void)vfs;
    return disk.unix_vfs->xFullPathname(disk.unix_vfs, path, count, full);
}

static sqlite3_vfs fault_vfs;

int fault_vfs_install(void) {
    if (disk.unix_vfs) return SQLITE_OK;
    sqlite3_vfs *unix_vfs = sqlite3_vfs_find("unix");
    if (!unix_vfs) return SQLITE_ERROR;
    disk.unix_vfs = unix_vfs;
    // Time, randomness and the rest are the unix VFS's own.
    fault_vfs = *unix_vfs;
    fault_vfs.pNext = NULL;
    fault_vfs.zName = "fault";
    fault_vfs.szOsFile = sizeof(struct file);
    fault_vfs.xOpen = vfs_open;
    fault_vfs.xDelete = vfs_delete;
    fault_vfs.xAccess = vfs_access;
    fault_vfs.xFullPathname = vfs_full_pathname;
    return sqlite3_vfs_register(&fault_vfs, 1);
}

// MARK: Control

static void forget_all(void) {
    while (disk.nodes) {
        struct node *node = disk.nodes;
        disk.nodes = node->next;
        forget_writes(node);
        free(node->bytes);
        free(node->path);
        free(node);
    }
}

void fault_vfs_reset(uint64_t seed) {
    pthread_mutex_lock(&disk.mutex);
    forget_all();
    disk.state = seed;
    disk.writes = disk.cut_at = 0;
    disk.is_cut = disk.has_failed = 0;
    memset(disk.counts, 0, sizeof disk.counts);
    memset(disk.failing, 0, sizeof disk.failing);
    memset(disk.is_forever, 0, sizeof disk.is_forever);
    pthread_mutex_unlock(&disk.mutex);
}

void fault_vfs_cut_within(uint64_t calls) {
    pthread_mutex_lock(&disk.mutex);
    disk.cut_at = disk.writes + 1 + random_below(calls);
    pthread_mutex_unlock(&disk.mutex);
}

void fault_vfs_fail(enum fault_call kind, uint64_t number, int forever) {
    pthread_mutex_lock(&disk.mutex);
    disk.failing[kind] = number ? disk.counts[kind] + number : 0;
    disk.is_forever[kind] = forever;
    pthread_mutex_unlock(&disk.mutex);
}

int fault_vfs_is_cut(void) { return disk.is_cut; }
int fault_vfs_has_failed(void) { return disk.has_failed; }
uint64_t fault_vfs_count(enum fault_call kind) { return disk.counts[kind]; }
uint64_t fault_vfs_writes(void) { return disk.writes; }

/// Brings one file to what the disk may hold.
static int settle(struct node *node) {
    size_t length = strlen(node->path);
    char shared[length + 5];
    memcpy(shared, node->path, length);
    memcpy(shared + length, "-shm", 5);
    unlink(shared);
    int is_there = node->exists;
    if (node->is_named != node->exists && random_below(2)) is_there = node->is_named;
    if (!is_there) return node->exists && unlink(node->path) && errno != ENOENT ? errno : 0;
    int descriptor = open(node->path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (descriptor < 0) return errno;
    int error = 0;
    if (!node->exists && node->bytes && pwrite(descriptor, node->bytes, node->byte_count, 0) != node->byte_count) error = errno;
    // The length first, so that what lies beyond it is cut off whatever was chosen for it.
    int64_t chosen = -1;
    if (node->length_count) {
        chosen = node->lengths[random_below(node->length_count)];
        if (ftruncate(descriptor, chosen)) error = errno;
    }
    for (int i = 0; i < node->sector_count && !error; i++) {
        struct sector *sector = &node->sectors[i];
        int64_t first = sector->number * sector_bytes;
        int64_t room = chosen < 0 ? sector_bytes : chosen - first;
        if (room <= 0) continue;
        unsigned char *content = sector->contents[random_below(sector->count)];
        ssize_t count = room < sector_bytes ? room : sector_bytes;
        if (pwrite(descriptor, content, count, first) != count) error = errno;
    }
    close(descriptor);
    return error;
}

int fault_vfs_settle(void) {
    pthread_mutex_lock(&disk.mutex);
    int error = 0;
    for (struct node *node = disk.nodes; node; node = node->next) {
        int result = settle(node);
        if (result && !error) error = result;
    }
    forget_all();
    pthread_mutex_unlock(&disk.mutex);
    return error;
}
