#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A flag that a thread waits for; raised before the wait, the wait ends at once.
///
/// Unchecked: the flag is only touched under the mutex, and the pointers never change.
final class LogSignal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isRaised = false

    init() {
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        #if canImport(Glibc)
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        #else
            pthread_cond_init(condition, nil)
        #endif
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Ends the wait, or the next one.
    func raise() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if !isRaised {
            isRaised = true
            pthread_cond_signal(condition)
        }
    }

    /// Waits for the flag and takes it down; false when the time was over first.
    @discardableResult
    func wait(milliseconds: Int) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var length = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        #if canImport(Glibc)
            var end = timespec()
            clock_gettime(CLOCK_MONOTONIC, &end)
            length.tv_nsec += end.tv_nsec
            length.tv_sec += end.tv_sec + length.tv_nsec / 1_000_000_000
            length.tv_nsec %= 1_000_000_000
            while !isRaised, pthread_cond_timedwait(condition, mutex, &length) != ETIMEDOUT {}
        #else
            while !isRaised, pthread_cond_timedwait_relative_np(condition, mutex, &length) != ETIMEDOUT {}
        #endif
        defer { isRaised = false }
        return isRaised
    }
}
