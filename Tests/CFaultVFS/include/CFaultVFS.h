#pragma once

#include <stdint.h>

/// A disk that loses power, as SQLite's default VFS: what was synced is kept apart from what was only written.
///
/// Files are read and written through the "unix" VFS, so that a program sees its own writes as ever. Beside that, every 512-byte sector
/// written since the last sync is remembered with each content it had. When the power is cut, each such sector gets one of its contents
/// at random: the one that was synced, or any written since. So writes are dropped, reordered and torn. Lengths are chosen likewise,
/// and names that were made or deleted without a sync of their folder come or go. Shared memory is always lost.
///
/// One disk a process; calls are serialised. Not for files opened before `fault_vfs_install`.

/// The kinds of call that can be counted and failed.
enum fault_call {
    fault_read, fault_write, fault_sync, fault_open, fault_delete, fault_lock, fault_truncate, fault_shared_memory, fault_kinds
};

/// Makes it the default VFS. Returns SQLite's result code.
int fault_vfs_install(void);

/// Begins anew: nothing is unsynced, no call was counted, the power is on. Files must be closed.
/// `seed`: what all choices from now on come from.
void fault_vfs_reset(uint64_t seed);

/// Lets the power fail in one of the next `calls` calls that write, sync, truncate, delete or open a file; the seed chooses which. Every
/// call from that one on fails.
void fault_vfs_cut_within(uint64_t calls);

/// Lets the `number`-th call of a kind fail, or all from it on (`forever`); 0: none.
void fault_vfs_fail(enum fault_call kind, uint64_t number, int forever);

/// Whether the power has failed, or a call was failed.
int fault_vfs_is_cut(void);
int fault_vfs_has_failed(void);

/// How many calls of a kind there were since the reset.
uint64_t fault_vfs_count(enum fault_call kind);

/// How many calls there were that a power cut can fall into.
uint64_t fault_vfs_writes(void);

/// Brings the files to what a disk may hold after the cut. All files must be closed. Returns 0, or errno.
int fault_vfs_settle(void);
