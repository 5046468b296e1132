/// A disk that can lose power and fail, for tests. Preloaded into a process, it stands between that process and the C library:
/// SQLite's files and all others go the same way.
///
/// It is told what to do by the environment:
///   FAULT_FOLDER   the folder whose files are on this disk; what has no name any more is kept beside it, in FOLDER.limbo
///   FAULT_SEED     decides all that is random
///   FAULT_CUT      the power fails in this call (1, 2, …) of those that change the disk; more than there are: after the process's end
///   FAULT_FAIL     "kind:number": this call of a kind fails; "kind:number:on": so do all after it
///   FAULT_IGNORE   whose sync does nothing: files whose name ends so (".part"), or folders ("/")
///   FAULT_REPORT   a file that gets "kind count" a line when the process ends, and "failed 1" where a call was failed
///
/// A process ends with 99 when its power fails; the folder is then what a disk may hold after that.
