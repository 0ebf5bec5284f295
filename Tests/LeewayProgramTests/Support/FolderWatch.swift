#if os(Linux)
    import Foundation
    import Glibc

    /// Waits for something to be made in a folder.
    final class FolderWatch: Sendable {
        private let descriptor: Int32

        /// Watches from now on.
        init(_ folder: URL) {
            descriptor = inotify_init1(Int32(IN_CLOEXEC))
            inotify_add_watch(descriptor, folder.path, UInt32(IN_CREATE))
        }

        deinit { close(descriptor) }

        /// Waits until something is made; false after a minute without.
        func waitForNew() async -> Bool {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { [descriptor] in
                    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                    continuation.resume(returning: Glibc.poll(&poll, 1, 60_000) == 1)
                }
            }
        }
    }
#endif
