#ifndef CARCHIVE_H
#define CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

/* Two doors to libarchive that need C: callbacks over a descriptor, and names read as UTF-8. */

/* Opens an archive over a regular file. The descriptor stays the caller's and must stay open until the archive is freed;
   it is read by position, so its own offset is neither used nor moved. */
int carchive_open(struct archive *archive, int descriptor);

/* Goes to the next entry, and gives its path as it stands in the archive: UTF-8 where the archive says so, otherwise its
   bytes; NULL where it has none. Both pointers are good until the next call. The process's locale has no say. */
int carchive_next(struct archive *archive, struct archive_entry **entry, const char **path);

#endif
