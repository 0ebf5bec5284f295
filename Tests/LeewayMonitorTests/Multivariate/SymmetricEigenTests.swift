import LeewayMonitor
import Testing

@Suite struct SymmetricEigenTests {
    private static func matrix(_ n: Int, seed: UInt64) -> [[Double]] {
        var draws = Draws(seed: seed)
        var rows = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
        for i in 0..<n {
            for k in 0...i {
                rows[i][k] = draws.fraction() - 0.5
                rows[k][i] = rows[i][k]
            }
        }
        return rows
    }

    // Oracle: numpy 2.4.6, numpy.linalg.eigh of the same draws, its order turned round and its signs set.
    @Test func `matches numpy`() {
        let eigen = SymmetricEigen(Self.matrix(12, seed: 7))
        let values = [
            1.7860433086156977, 1.2049551002206251, 0.885388563258803, 0.7929885575720218, 0.33519344494275305,
            0.07019811192672114, -0.09750431303343, -0.5626762624033205, -0.7148592218411522, -1.0314729688637942,
            -1.2199267575214898, -1.6130656054654213,
        ]
        let first = [
            -0.39177694473259517, 0.4632365065956787, -0.10475970195527574, 0.18357032453576194, 0.4412517815906343,
            0.32780634443589146, 0.07876976563710675, -0.39655169549609653, 0.2939115188262992, 0.1856023979515409,
            -0.02513529962966124, -0.012962778591001894,
        ]
        let last = [
            -0.23520025779656703, -0.16398624208827056, -0.35481818113347996, -0.41442182605235783, 0.19072006426303523,
            0.2560940327524855, -0.02562204515824218, -0.0717014282692576, -0.4740338810386959, -0.13535282865565562,
            0.025102209093275, 0.5183950708965378,
        ]
        #expect(Self.gap(eigen.values, values) < 1e-14)
        #expect(Self.gap(eigen.vectors[0], first) < 1e-13 && Self.gap(eigen.vectors[11], last) < 1e-13)
    }

    @Test(arguments: [1, 2, 3, 10, 80], [1e-300, 1, 1e300])
    func `vectors are orthonormal and are stretched by their values`(n: Int, size: Double) {
        let matrix = Self.matrix(n, seed: UInt64(n)).map { $0.map { $0 * size } }
        Self.expectDecomposed(matrix, SymmetricEigen(matrix), tolerance: 1e-13 * Double(n))
    }

    @Test func `equal, zero and lone values are decomposed too`() {
        for matrix in [
            [[2, 0, 0], [0, 2, 0], [0, 0, 2]], [[0, 0], [0, 0]], [[1, 1], [1, 1]], [[0, 1], [1, 0]],
            [[1, 0, 5], [0, 3, 0], [5, 0, 1]], [[4]], [[1, 1e-200], [1e-200, 1]],
        ] as [[[Double]]] {
            Self.expectDecomposed(matrix, SymmetricEigen(matrix), tolerance: 1e-14)
        }
        #expect(SymmetricEigen([]).values.isEmpty)
        #expect(SymmetricEigen([[1, 1], [1, 1]]).values.map { ($0 * 1e12).rounded() / 1e12 } == [2, 0])
    }

    @Test func `a matrix of one direction has one value`() {
        let v = (0..<30).map { Double($0 % 7) - 3 }
        let eigen = SymmetricEigen(v.map { one in v.map { one * $0 } })
        #expect(abs(eigen.values[0] - v.reduce(0) { $0 + $1 * $1 }) < 1e-12)
        #expect(eigen.values.dropFirst().allSatisfy { abs($0) < 1e-12 })
    }

    private static func gap(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(left.count == right.count ? 0 : .infinity) { max($0, abs($1.0 - $1.1)) }
    }

    private static func expectDecomposed(_ matrix: [[Double]], _ eigen: SymmetricEigen, tolerance: Double) {
        let size = matrix.joined().reduce(0) { max($0, abs($1)) }
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        #expect(eigen.values == eigen.values.sorted(by: >))
        for (place, (value, vector)) in zip(eigen.values, eigen.vectors).enumerated() {
            for (other, second) in eigen.vectors.enumerated() {
                #expect(abs(dot(vector, second) - (place == other ? 1 : 0)) < tolerance)
            }
            #expect(Self.gap(matrix.map { dot($0, vector) }, vector.map { value * $0 }) <= tolerance * size)
            let largest = vector.max { abs($0) < abs($1) } ?? 0
            #expect(largest > 0 || vector.contains { abs($0 + largest) < 1e-8 })
        }
    }
}
