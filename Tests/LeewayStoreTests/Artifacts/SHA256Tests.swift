import Testing

@testable import LeewayStore

@Suite struct SHA256Tests {
    // Oracle: NIST, FIPS 180-4 example values; the same from hashlib of CPython 3.11.7.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
                + "nopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `gives NIST's digests`(text: String, expected: String) {
        #expect(SHA256.hex(text.utf8) == expected)
        let digits = SHA256.digest(Array(text.utf8)).map { String(UInt16($0) + 256, radix: 16).dropFirst() }
        #expect(digits.joined() == expected)
    }

    // Oracle: NIST; hashlib.sha256(b"a" * 1000000).
    @Test func `a million letters, in pieces of every length`() {
        var (digest, left, size) = (SHA256(), 1_000_000, 1)
        while left > 0 {
            digest.update([UInt8](repeating: 0x61, count: min(size, left)))
            left -= min(size, left)
            size = size % 1_000 + 7
        }
        #expect(digest.finalize() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    // Oracle: CPython 3.11.7: h = sha256(); for i in range(131): h.update(sha256(bytes((7 * j + i) % 256 for j in
    // range(i))).hexdigest().encode()); h.hexdigest().
    @Test func `every length from 0 to 130 is padded as hashlib pads it`() {
        var all = SHA256()
        for length in 0...130 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: 7 * $0 + length) }
            all.update(Array(SHA256.hex(bytes).utf8))
        }
        #expect(all.finalize() == "28d1b7ee925817a15dd4e0403443c1e6e8a70428aa0fdbe7d0e41757c5102ffb")
    }

    @Test func `pieces are the whole, wherever it is cut`() {
        let bytes = (0..<200).map { UInt8($0) }
        let whole = SHA256.hex(bytes)
        for cut in 0...200 {
            var digest = SHA256()
            digest.update(Array(bytes[..<cut]))
            digest.update([])
            digest.update(Array(bytes[cut...]))
            #expect(digest.finalize() == whole, "cut at \(cut)")
        }
    }
}
