import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A connection to a server, in the bytes of HTTP/1.1: it also sends what no decent client would.
final class HTTPConnection {
    /// Why there is no reply.
    enum Failure: Error, Equatable {
        case refused
        /// The connection ended: in the middle of a reply, or before one.
        case closed(amidReply: Bool)
        case late
        case noHTTP
    }

    private let descriptor: Int32
    private var unread: [UInt8] = []

    /// Connects to a port of this machine; what takes longer than the patience fails.
    init(port: Int, patience seconds: Int = 30) throws {
        #if os(Linux)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
            var isOn: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        guard isConnected else {
            close(descriptor)
            throw Failure.refused
        }
    }

    deinit { close(descriptor) }

    /// Sends all bytes; false where the server has closed the connection, or takes nothing for too long.
    @discardableResult
    func send(_ bytes: some Sequence<UInt8>) -> Bool {
        let bytes = Array(bytes)
        return bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress {
                #if os(Linux)
                    let count = Glibc.send(descriptor, start, rest.count, Int32(MSG_NOSIGNAL))
                #else
                    let count = Darwin.send(descriptor, start, rest.count, 0)
                #endif
                guard count > 0 || errno == EINTR else { return false }
                rest = rest.dropFirst(max(0, count))
                if rest.isEmpty { return true }
            }
            return true
        }
    }

    /// Sends a text; false as above.
    @discardableResult
    func send(_ text: String) -> Bool { send(text.utf8) }

    /// Whether something can be read now, without a wait.
    var hasAnswer: Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return !unread.isEmpty || Foundation.poll(&poll, 1, 0) == 1
    }

    /// Says that nothing more is sent.
    func endSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Whether the server closes the connection, after whatever it still has to say.
    func isClosedByServer() -> Bool {
        while true {
            switch readMore() {
            case .some(0): return true
            case .none: return false
            default: continue
            }
        }
    }

    /// Sends a request with all headers that it needs, and reads the reply.
    @discardableResult
    func ask(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: some Collection<UInt8> = []
    ) throws -> HTTPReply {
        send(HTTPConnection.head(method, path, headers, length: body.isEmpty ? nil : body.count) + Array(body))
        return try reply(to: method)
    }

    /// A request's head.
    static func head(_ method: String, _ path: String, _ headers: [String: String], length: Int?) -> [UInt8] {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
        if let length { text += "Content-Length: \(length)\r\n" }
        return Array((text + "\r\n").utf8)
    }
}

/// Reading.
extension HTTPConnection {
    /// Reads a reply to a request of a method; those that only tell to go on (1xx) are left out, unless asked for.
    func reply(to method: String = "GET", keeping100 isKept: Bool = false) throws -> HTTPReply {
        while true {
            let (status, headers) = try head()
            if (100..<200).contains(status), !isKept { continue }
            let hasBody = method != "HEAD" && status >= 200 && status != 204 && status != 304
            return HTTPReply(status: status, headers: headers, body: hasBody ? try body(headers) : [])
        }
    }

    private func head() throws -> (Int, [(name: String, value: String)]) {
        var lines: [String] = []
        while case let line = try line(isFirst: lines.isEmpty), !line.isEmpty { lines.append(line) }
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", let status = Int(words[1]) else {
            throw Failure.noHTTP
        }
        let headers = try lines.dropFirst().map { line in
            guard let colon = line.firstIndex(of: ":") else { throw Failure.noHTTP }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (name: String(line[..<colon]), value: String(value))
        }
        return (status, headers)
    }

    private func body(_ headers: [(name: String, value: String)]) throws -> [UInt8] {
        func value(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        if value("transfer-encoding") == "chunked" { return try chunks() }
        if let length = value("content-length").flatMap({ Int($0) }) { return try take(length) }
        while case .some(let count) = readMore(), count > 0 {}
        defer { unread = [] }
        return unread
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            guard let length = Int(try line(isFirst: false), radix: 16) else { throw Failure.noHTTP }
            body += try take(length)
            guard try line(isFirst: false).isEmpty else { throw Failure.noHTTP }
            if length == 0 { return body }
        }
    }

    private func line(isFirst: Bool) throws -> String {
        while true {
            if let end = unread.firstIndex(of: 10) {
                defer { unread.removeFirst(end + 1) }
                return String(
                    decoding: unread[..<end].last == 13 ? unread[..<(end - 1)] : unread[..<end], as: UTF8.self)
            }
            try needMore(amidReply: !isFirst || !unread.isEmpty)
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while unread.count < count { try needMore(amidReply: true) }
        defer { unread.removeFirst(count) }
        return Array(unread[..<count])
    }

    private func needMore(amidReply: Bool) throws {
        guard let count = readMore() else { throw Failure.late }
        guard count > 0 else { throw Failure.closed(amidReply: amidReply) }
    }

    /// Reads what is there; 0 at the end, nil where nothing comes.
    private func readMore() -> Int? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count >= 0 {
                unread += buffer[..<count]
                return count
            }
            switch errno {
            case EINTR: continue
            case EAGAIN: return nil
            default: return 0
            }
        }
    }
}
