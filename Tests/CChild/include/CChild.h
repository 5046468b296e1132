#pragma once

#include <sys/types.h>

/// Starts a program, with no signal blocked or ignored and no other file open than the three given as its standard input, output and
/// error: descriptors, -1 for /dev/null, -2 for this process's own.
///
/// `folder`: where it runs; null: here. Returns 0, or what errno would be.
int child_start(
    pid_t *child, const char *path, char *const arguments[], char *const environment[], const char *folder, const int streams[3]);
