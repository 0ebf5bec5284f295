import LeewayCore
import Synchronization

extension LogCore {
    typealias Queue = LogQueue
    typealias Waiter = UnsafeContinuation<Queue.Outcome, Never>

    /// Groups that one who appends writes for others before the dedicated thread takes over.
    private static let rounds = 4
    /// With durability none: pending bytes that are written at once, and those beyond which appends wait.
    static let hurry = 256 << 10
    private static let room = 16 << 20
    /// How long after a failure the log tries by itself, in milliseconds.
    static let retry = 1000
    /// With durability none: how long lines wait, in milliseconds.
    static let delay = 20

    private enum Start<IDs: Sendable>: Sendable {
        case lead(IDs, Queue.Group)
        case done(IDs, raise: Bool)
        case wait
    }

    /// Adds lines; `commit` is called when they are in the log.
    nonisolated(nonsending) func append(
        _ lines: LogLines, commit: @escaping Queue.Commit
    ) async throws(LeewayError) -> [UUIDv7] {
        if lines.starts.isEmpty { return [] }
        return try await submit { queue, time, waiter in
            var ids: [UUIDv7] = []
            ids.reserveCapacity(lines.starts.count)
            queue.add(lines, commit: commit, at: time, waiter: waiter, ids: &ids)
            return ids
        }
    }

    /// Adds one line; `commit` is called when it is in the log.
    nonisolated(nonsending) func append(
        line: [UInt8], commit: @escaping Queue.Commit
    ) async throws(LeewayError) -> UUIDv7 {
        try await submit { queue, time, waiter in
            queue.add(line: line, commit: commit, at: time, waiter: waiter)
        }
    }

    /// Adds to the queue by `add`, and returns when what was added is in the log as the durability promises.
    nonisolated(nonsending) func submit<IDs: Sendable>(
        _ add: (inout Queue, Timestamp, Waiter?) -> IDs
    ) async throws(LeewayError) -> IDs {
        let time = now()
        switch start(add, at: time) {
        case .lead(let ids, let group):
            if let error = lead(group) { throw error }
            return ids
        case .done(let ids, let raise):
            if raise { signal.raise() }
            return ids
        case .wait: break
        }
        var ids: IDs?
        let outcome = await withUnsafeContinuation { (waiter: Waiter) in
            ids = enqueue(add, at: time, waiter)
        }
        switch outcome {
        case .done: break
        case .failed(let error): throw error
        case .lead: if let error = lead(queue.withLock { $0.take() }) { throw error }
        }
        guard let ids else { preconditionFailure("An append that was not refused has ids.") }
        return ids
    }

    /// The way without a wait, where there is one.
    private func start<IDs: Sendable>(
        _ add: (inout Queue, Timestamp, Waiter?) -> IDs, at time: Timestamp
    ) -> Start<IDs> {
        if options.durability == .fsync { return .wait }
        return queue.withLock { queue in
            if queue.isClosed { return .wait }
            if options.durability == .os {
                guard !queue.isWriting else { return .wait }
                let ids = add(&queue, time, nil)
                queue.isWriting = true
                return .lead(ids, queue.take())
            }
            guard !queue.totals.isFailing, queue.pendingBytes <= Self.room else { return .wait }
            let before = queue.pendingBytes
            let ids = add(&queue, time, nil)
            let after = queue.pendingBytes
            return .done(ids, raise: before == 0 || before < Self.hurry && after >= Self.hurry)
        }
    }

    /// Adds to the queue with someone who waits; resumes at once one who is refused or is to write.
    private func enqueue<IDs: Sendable>(
        _ add: (inout Queue, Timestamp, Waiter?) -> IDs, at time: Timestamp, _ waiter: Waiter
    ) -> IDs? {
        let (ids, outcome) = queue.withLock { queue -> (IDs?, Queue.Outcome?) in
            if queue.isClosed { return (nil, .failed(LogFailure.closed(folder))) }
            if options.durability == .os, !queue.isWriting {
                queue.isWriting = true
                return (add(&queue, time, nil), .lead)
            }
            queue.isUrgent = true
            return (add(&queue, time, waiter), nil)
        }
        if let outcome {
            waiter.resume(returning: outcome)
        } else if options.durability != .os {
            signal.raise()
        }
        return ids
    }

    /// Writes the group and those that come meanwhile; returns what went wrong with the first one.
    private func lead(_ first: consuming Queue.Group) -> LeewayError? {
        var error: LeewayError?
        var next: Queue.Group? = first
        var round = 0
        while var group = next.take() {
            round += 1
            let failure = commit(&group)
            if round == 1 { error = failure }
            next = finish(group, failure, mayGoOn: round < Self.rounds)
        }
        return error
    }

    /// Writes a group, tells of each append in it, and lets those go on who wait for it.
    func commit(_ group: inout Queue.Group) -> LeewayError? {
        guard let first = group.first else { return nil }
        let time = now()
        let failure: LeewayError? = file.withLock { writer in
            defer { settle(&writer) }
            do throws(LeewayError) {
                try writer.write(group.bytes, first: first, now: time)
            } catch {
                return error
            }
            guard let name = writer.open?.name else { return nil }
            for entry in group.entries { entry.commit(name) }
            return nil
        }
        for entry in group.entries {
            entry.waiter?.resume(returning: failure.map { .failed($0) } ?? .done)
        }
        return failure
    }

    /// Counts a written group; returns the next one where there is one and the caller may go on.
    func finish(_ group: consuming Queue.Group, _ failure: LeewayError?, mayGoOn: Bool) -> Queue.Group? {
        let group = group
        let (next, raise) = queue.withLock { queue -> (Queue.Group?, Bool) in
            queue.count(group, failure, promised: options.durability == .none)
            queue.recycle(group)
            if queue.isEmpty {
                queue.isWriting = false
                // After a failure the thread tries by itself.
                return (nil, queue.isClosed || failure != nil)
            }
            if mayGoOn { return (queue.take(), false) }
            queue.isHandedOver = true
            return (nil, true)
        }
        if raise { signal.raise() }
        return next
    }

    /// Gives ended segments to the sealer and notes the open one; called with `file` held.
    func settle(_ writer: inout SegmentWriter) {
        for segment in writer.takeEnded() { sealer.add(segment) }
        let open = writer.open
        queue.withLock { queue in
            queue.totals.segment = open?.name
            queue.totals.segmentBytes = open?.bytes ?? 0
            queue.totals.segmentBegun = open?.begun
        }
    }

    /// Ends the open segment and begins another, if that is possible now: if not, the next append does.
    func begin(_ writer: inout SegmentWriter, at time: Timestamp) {
        writer.end()
        let id = queue.withLock { $0.nextID(at: time) }
        try? writer.begin(before: id, now: time)
        settle(&writer)
    }
}
