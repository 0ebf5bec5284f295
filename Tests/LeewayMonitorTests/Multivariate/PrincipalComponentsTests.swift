import LeewayMonitor
import Testing

@Suite struct PrincipalComponentsTests {
    private static func columns() -> [[Double]] {
        var draws = Draws(seed: 11)
        var columns = [[Double]](repeating: [], count: 5)
        for _ in 0..<200 { for place in columns.indices { columns[place].append(draws.fraction()) } }
        for row in 0..<200 {
            columns[1][row] += 2 * columns[0][row]
            columns[4][row] -= columns[2][row]
            columns[3][row] *= 3
        }
        return columns
    }

    // Oracle: scikit-learn 1.9.1, PCA(svd_solver="full").fit(X).explained_variance_, PCA(n_components=0.65).n_components_,
    // and numpy.linalg.norm(X - p.inverse_transform(p.transform(X)), axis=1).
    @Test func `matches scikit-learn`() {
        let components = PrincipalComponents(Self.columns(), share: 0.65)
        let variances = [
            0.7304053533250946, 0.4064195394770836, 0.22523394013479037, 0.031544512235097175, 0.012933080594323703,
        ]
        #expect(zip(components.variances, variances).allSatisfy { abs($0 - $1) < 1e-14 })
        #expect(components.kept == 2)
        let errors = components.errors(Self.columns())
        let expected = [0.48817916695355745, 0.40864827160577816, 0.45275132202668567]
        #expect(zip(errors, expected).allSatisfy { abs($0 - $1) < 1e-13 })
        #expect(abs(errors.reduce(0, +) / 200 - 0.46924517895946205) < 1e-13)
    }

    @Test func `one direction at least is kept, and never all of them`() {
        #expect(PrincipalComponents([[1, 2, 4], [3, 1, 0]], share: 0).kept == 1)
        #expect(PrincipalComponents([[1, 2, 4], [3, 1, 0]], share: 1).kept == 1)
        let single = PrincipalComponents([[1, 2, 6]], share: 0.65)
        #expect(single.kept == 0 && single.errors([[3, 5]]) == [0, 2])
    }

    @Test func `rows in the plane of the kept directions have no error`() {
        let x = (0..<50).map { Double($0 * $0 % 17) }
        let components = PrincipalComponents([x, x.map { 2 * $0 }, x.map { 5 - $0 }], share: 0.65)
        #expect(components.kept == 1)
        #expect(components.errors([[100], [200], [-95]])[0] < 1e-11)
        #expect(components.errors([[100], [200], [0]])[0] > 10)
    }
}
