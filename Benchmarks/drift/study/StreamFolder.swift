import LeewayStore

/// What `meta.json` says of a folder of streams, which all contestants read (`Benchmarks/drift/peers/study_folder.py`).
struct StreamFolder: Codable {
    let repetitions: Int
    var seed: UInt64?
    let referenceRows: Int
    /// The first changed row, counted from the reference's end, from 0; nil where nothing changes.
    let changeAt: Int?
    /// Rows from the change on, or from the reference on where nothing changes.
    let horizon: Int

    enum CodingKeys: String, CodingKey {
        case repetitions
        case seed
        case referenceRows = "reference_rows"
        case changeAt = "change_at"
        case horizon
    }

    func write(to folder: String) throws {
        try FileSystem.write(try ArtifactCoding.encode(self), to: "\(folder)/meta.json")
    }

    static func read(_ folder: String) throws -> StreamFolder {
        try ArtifactCoding.decode(
            StreamFolder.self, from: try FileSystem.read("\(folder)/meta.json"), name: "\(folder)/meta.json")
    }
}
