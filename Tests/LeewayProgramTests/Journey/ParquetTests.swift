import Testing

extension ProgramTests {
    /// The same rows as Parquet and as CSV.
    @Suite struct ParquetTests {
        private static let artifacts = [
            "ingestion_report.json", "schema.json", "validation_report.json", "preprocessor.json", "model.json",
            "feature_engineering_metadata.json", "training_metrics.json", "feature_importance.json",
            "performance_reference.json", "reference_counts.json",
            "reference_counts.parquet", "train_reference.parquet",
        ]

        @Test func `give the same model`() async throws {
            let workspace = try Workspace()
            let csv = Tables.csv("age,height,city,member,born,income", 300) {
                "\(20 + $0 % 50),\($0 % 9 == 0 ? "" : "1.\($0 * 37 % 100)"),\($0 % 11 == 0 ? "" : Tables.city($0)),"
                    + "\($0 % 2 == 0),\(1950 + $0 % 60)-05-17,\(Tables.income($0))"
            }
            try workspace.write(csv, to: "people.csv")
            try workspace.write("source: people.csv\ntarget: income\n", to: "leeway.yaml")
            try await workspace.leewayWorks("run", "--quiet")
            // The rows that trained it are there as Parquet, each column of its type.
            let reference = ".leeway/runs/\(workspace.runs[0])/train_reference.parquet"
            try await workspace.leewayWorks("predict", reference, "-o", "scored.csv")
            try await workspace.leewayWorks("predict", reference, "-o", "scored.parquet")
            for (file, ending) in [("csv.yaml", "csv"), ("parquet.yaml", "parquet")] {
                let configuration = """
                    name: one
                    source: scored.\(ending)
                    target: income
                    features:
                      drop: [probability, label, version]
                    """
                try workspace.write(configuration, to: file)
            }
            try await workspace.leewayWorks("run", "--quiet", "--config", "csv.yaml")
            try await workspace.leewayWorks("run", "--quiet", "--config", "parquet.yaml")
            let (one, other) = (
                try workspace.artifacts(of: workspace.runs[1]), try workspace.artifacts(of: workspace.runs[2])
            )
            for name in Self.artifacts { #expect(one[name] == other[name], "\(name)") }
        }

        @Test func `are scored alike`() async throws {
            let workspace = try Workspace(csv: Tables.people(200))
            try await workspace.leewayWorks("run", "--quiet")
            try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.parquet")
            try await workspace.leewayWorks("predict", "data.csv", "-o", "scored.csv")
            try await workspace.leewayWorks("predict", "scored.parquet", "-o", "again.csv")
            let scored = try workspace.text("scored.csv").split(separator: "\n").dropFirst()
            let again = try workspace.text("again.csv").split(separator: "\n").dropFirst()
            for (one, other) in zip(scored, again) {
                let added = one.split(separator: ",").suffix(3).joined(separator: ",")
                #expect(other == "\(one),\(added)")
            }
        }
    }
}
