import LeewayCore
import LeewayMonitor
import Testing

@Suite struct WindowCountsCodingTests {
    private static func refused(_ bytes: [UInt8], _ bins: WindowBins) -> String? {
        do {
            _ = try WindowCounts(decoding: bytes, bins)
            return nil
        } catch {
            return error.code == .damagedArtifact ? error.message : "another code"
        }
    }

    /// Bytes with the checksum that belongs to them, so that what is before it is read.
    private static func resealed(_ bytes: [UInt8]) -> [UInt8] {
        let body = Array(bytes.dropLast(8))
        let checksum = body.withUnsafeBufferPointer { RowHash.hash($0) }
        return body + (0..<8).map { UInt8(truncatingIfNeeded: checksum >> UInt64(8 * $0)) }
    }

    @Test(arguments: [0, 1, 500]) func `what was encoded is decoded`(rowCount: Int) throws {
        let bins = DrawnRows.bins()
        let counts = DrawnRows(seed: 5, count: rowCount).counted(in: bins)
        #expect(try WindowCounts(decoding: counts.encoded(), bins) == counts)
        #expect(try WindowCounts(decoding: counts.encoded()[...], DrawnRows.bins()) == counts)
    }

    @Test func `large counts take more bytes and are decoded too`() throws {
        let bins = WindowBins([], labels: ["no", "yes"])
        var counts = WindowCounts(bins)
        counts.add(code: 1, to: bins.label)
        counts.endRow()
        for _ in 0..<50 { counts.merge(counts) }
        #expect(counts.rows == 1 << 50)
        #expect(try WindowCounts(decoding: counts.encoded(), bins) == counts)
    }

    @Test func `the bytes are what they are: a file of today is read tomorrow`() throws {
        let bins = WindowBins([ReferenceCounts(.init("x", .numeric([1, 2])))], labels: ["no", "yes"])
        var counts = WindowCounts(bins)
        for number in [0.5, 2, 2, .nan] {
            counts.add(number: number, to: 0)
            counts.add(number: 1, to: bins.score)
            counts.add(code: 1, to: bins.label)
            counts.endRow()
        }
        let bytes = counts.encoded()
        #expect(bytes[0] == 1)
        // Rows; x: missing, new, unseen, two cells: (0, 1), (2, 2); score: cell 513 of 515; label: cell 1.
        #expect(
            Array(bytes[9..<bytes.count - 8])
                == [4] + [1, 0, 0, 2, 0, 1, 2, 2] + [0, 0, 0, 1, 0x81, 0x04, 4] + [0, 0, 0, 1, 1, 4])
        #expect(bytes == Self.resealed(bytes))
    }

    @Test func `merging bytes is merging counts`() throws {
        let bins = DrawnRows.bins()
        let (first, second) = (
            DrawnRows(seed: 1, count: 50).counted(in: bins), DrawnRows(seed: 2, count: 70).counted(in: bins)
        )
        var (merged, mergedBytes) = (first, first)
        merged.merge(second)
        try mergedBytes.merge(decoding: second.encoded())
        #expect(merged == mergedBytes)
    }

    @Test func `counts of other bins are refused, and nothing is added`() {
        let (bins, others) = (DrawnRows.bins(), WindowBins([], labels: ["no", "yes"]))
        let bytes = DrawnRows(seed: 1, count: 10).counted(in: bins).encoded()
        #expect(
            Self.refused(bytes, others) == "Stored window counts can't be read: they were counted in other bins.")
        var counts = DrawnRows(seed: 1, count: 10).counted(in: bins)
        let before = counts
        #expect(throws: LeewayError.self) { try counts.merge(decoding: WindowCounts(others).encoded()) }
        #expect(counts == before)
    }

    @Test func `another version is refused`() {
        let bins = DrawnRows.bins()
        var bytes = WindowCounts(bins).encoded()
        bytes[0] = 2
        #expect(
            Self.refused(Self.resealed(bytes), bins)
                == "Stored window counts can't be read: they are of another version.")
    }

    @Test func `any byte that was changed, lost or added is noticed`() {
        let bins = DrawnRows.bins()
        let bytes = DrawnRows(seed: 3, count: 40).counted(in: bins).encoded()
        let message = "Stored window counts can't be read: they are not whole."
        for place in bytes.indices {
            var damaged = bytes
            damaged[place] ^= 1 << UInt8(place % 8)
            #expect(Self.refused(damaged, bins) == message)
            #expect(Self.refused(Array(bytes[..<place]), bins) == message)
        }
        #expect(Self.refused(bytes + [0], bins) == message)
    }

    /// Behind a checksum that is right, so that the reader itself is put to the test.
    @Test func `no bytes crash the reader, and what it accepts it can write`() throws {
        let bins = DrawnRows.bins()
        let bytes = DrawnRows(seed: 3, count: 400).counted(in: bins).encoded()
        var draws = Draws(seed: 11)
        var (acceptedCount, refusedCount) = (0, 0)
        for _ in 0..<5_000 {
            var damaged = bytes
            for _ in 0...draws.next(below: 3) {
                let place = 9 + draws.next(below: damaged.count - 17)
                switch draws.next(below: 4) {
                case 0: damaged[place] = UInt8(truncatingIfNeeded: draws.next())
                case 1: damaged[place] = 0xFF
                case 2: damaged.remove(at: place)
                default: damaged.insert(UInt8(truncatingIfNeeded: draws.next()), at: place)
                }
            }
            do {
                let counts = try WindowCounts(decoding: Self.resealed(damaged), bins)
                #expect(try WindowCounts(decoding: counts.encoded(), bins) == counts)
                acceptedCount += 1
            } catch {
                #expect(error.code == .damagedArtifact)
                refusedCount += 1
            }
        }
        #expect(acceptedCount > 0 && refusedCount > 0)
    }

    @Test(
        arguments: [
            [0], [0, 0, 0, 0], Array(repeating: 0xFF, count: 9) + [0x01], Array(repeating: 0x80, count: 40),
            // Rows of 2^53 + 1; more pairs than cells; a cell behind the last; a count of 0; a byte too many.
            [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 1],
            [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func `counts that can't be are refused`(body: [UInt8]) {
        let bins = WindowBins([], labels: ["no", "yes"])
        let header = WindowCounts(bins).encoded()[..<9]
        let checksum = [UInt8](repeating: 0, count: 8)
        #expect(
            Self.refused(Self.resealed(header + body + checksum), bins)
                == "Stored window counts can't be read: they are not well formed.")
    }

    @Test func `the least and the most that can be are accepted`() throws {
        let bins = WindowBins([], labels: ["no", "yes"])
        let header = WindowCounts(bins).encoded()[..<9]
        func rows(_ bytes: [UInt8]) throws -> Int {
            // Nothing in either column, then the place of a checksum.
            let body = header + bytes + [UInt8](repeating: 0, count: 16)
            return try WindowCounts(decoding: Self.resealed(Array(body)), bins).rows
        }
        #expect(try rows([0]) == 0)
        #expect(try rows([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]) == 1 << 53)
    }
}
