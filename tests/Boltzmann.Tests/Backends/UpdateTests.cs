using static Boltzmann.Tests.Backends.KernelCase;

namespace Boltzmann.Tests.Backends;

public class UpdateTests
{
    /// <summary>(m, n, rows of the two large factors): edges of vectors and tiles, one example, many.</summary>
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 0, 5, 3 }, { 5, 0, 3 }, { 5, 4, 0 }, { 1, 1, 1 }, { 7, 1, 8 }, { 1, 33, 100 }, { 8, 15, 7 }, { 15, 16, 4 }, { 16, 17, 10 },
            { 17, 31, 2 },
        { 31, 100, 33 }, { 33, 64, 100 }, { 100, 49, 16 }, { 784, 17, 10 }, { 13, 1001, 4 }, { 130, 130, 1 }, { 60, 80, 300 },
        { 300, 70, 40 }, { 97, 65, 260 }, { 2, 30, 3000 },
    };

    static readonly UpdateRule Momentum = new(LearningRate: 0.1, Momentum: 0.9, L2: 0.01);

    [Theory, MemberData(nameof(Shapes))]
    public void A_step_with_momentum_agrees_with_the_reference(int m, int n, int batch) =>
        Check(m, n, Phases(m, n, batch, density: 1), Momentum);

    [Theory, MemberData(nameof(Shapes))]
    public void A_step_with_momentum_and_sparsity_of_weights_agrees_with_the_reference(int m, int n, int batch) =>
        Check(m, n, Phases(m, n, batch, density: 1), Momentum with { L1 = 0.02 });

    [Theory, MemberData(nameof(Shapes))]
    public void A_step_of_Adam_agrees_with_the_reference(int m, int n, int batch) =>
        Check(m, n, Phases(m, n, batch, density: 1), new(LearningRate: 0.01, Momentum: 0.9, L2: 0.01, L1: 0.02, IsAdam: true, Time: 3));

    /// <summary>
    /// 0.9 times the smallest number above 0 is rounded to itself: without care it stays, and processors are slow with it.
    /// </summary>
    [Fact]
    public void Where_a_gradient_has_stopped_Adam_is_left_without_subnormal_numbers()
    {
        UpdateRule rule = new(LearningRate: 0.01, Momentum: 0.9, IsAdam: true, Beta2: 0.9);
        foreach (CpuBackend backend in Cpus)
        {
            var placement = new Placement(backend, Precision.Float32);
            Matrix theta = Matrix.From(Values(3, 33, 1), placement), m = Matrix.From(Values(3, 33, 2), placement),
                s = Matrix.From(Values(3, 33, 3), placement).Clone();
            s.SetScaled(s, s);
            for (int t = 1; t <= 1500; t++) theta.Update(m, s, [], rule with { Time = t });
            foreach (Matrix mean in (Matrix[])[m, s])
                for (int r = 0; r < mean.Rows; r++)
                    Assert.DoesNotContain(mean.ReadRow(r), x => Math.Abs(x) < 1.2e-38 && x != 0);
            Matrix before = theta.Clone();
            theta.Update(m, s, [], rule with { Time = 1501 });
            AssertSameBits(before, theta);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void A_step_of_AdaGrad_agrees_with_the_reference(int m, int n, int batch)
    {
        foreach (double penalty in new[] { 0, 0.02 })
        {
            UpdateRule rule = new(LearningRate: 0.01, L2: penalty, L1: penalty, IsAdaGrad: true);
            Check(m, n, Phases(m, n, batch, density: 0.1), rule);
            // Whole vectors without a gradient.
            Check(m, n, [(Values(1, m, 1), Values(1, n, 2, density: 0.02), -1)], rule);
        }
    }

    [Theory, InlineData(0.0), InlineData(0.05), InlineData(0.19), InlineData(0.5)]
    public void A_step_on_sparse_data_agrees_with_the_reference(double density)
    {
        foreach (int batch in new[] { 4, 10, 100 }) Check(131, 90, Phases(131, 90, batch, density), Momentum);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Rank_one_corrections_are_part_of_the_gradient(int m, int n, int batch) =>
        Check(m, n, [.. Phases(m, n, batch, density: 0.3), (Values(1, m, 5), Values(1, n, 6), -1.3),
            (Values(1, m, 7), Values(1, n, 8), 0.4), (Values(2, m, 9), Values(2, n, 10), 0.01)], Momentum);

    [Theory, MemberData(nameof(Shapes))]
    public void Outer_products_agree_with_the_reference(int m, int n, int batch)
    {
        foreach (double keep in new[] { 0, 0.5 })
            CheckOuter(m, n, [.. Phases(m, n, batch, density: 0.4), (Values(1, m, 5), Values(1, n, 6), 2)], keep);
        CheckOuter(m, n, [(Values(1, m, 5), Values(1, n, 6), 2)], 1);
        CheckOuter(m, n, [], 0.25);
        CheckOuter(m, n, [(Values(batch, m, 5), Values(batch, n, 6), 0.3), (Values(batch + 3, m, 7), Values(batch + 3, n, 8), 1.7),
            (Values(9, m, 7), Values(9, n, 8), 0), (Values(5, m, 1), Values(5, n, 2), -2)], 1);
    }

    [Fact]
    public void Infinities_and_NaN_appear_where_the_reference_has_them_and_nowhere_else()
    {
        foreach (double hostile in new[] { double.NaN, double.PositiveInfinity })
        {
            var phases = Phases(20, 21, 10, density: 1);
            phases[0].Left[3, 4] = hostile;
            phases[1].Right[2, 5] = hostile;
            Check(20, 21, phases, Momentum);
            CheckOuter(20, 21, phases, 0);
        }
    }

    [Fact]
    public void A_warm_step_allocates_nothing()
    {
        var placement = new Placement(new CpuBackend(threads: 2), Precision.Float32);
        Matrix weights = new(300, 200, placement), step = weights.Like(300, 200);
        var factors = Array.ConvertAll(Phases(300, 200, 40, density: 0.2),
            f => new Factor(Matrix.From(f.Left, placement), Matrix.From(f.Right, placement), f.Scale));
        Assert.Equal(0, Allocation.Least(() => weights.Update(step, null, factors, Momentum)));
    }

    /// <summary>A sparse positive and a dense negative phase.</summary>
    static (double[,] Left, double[,] Right, double Scale)[] Phases(int m, int n, int batch, double density) =>
        [(Values(batch, m, 1, density), Values(batch, n, 2), 1.0 / Math.Max(batch, 1)),
            (Values(batch, m, 3), Values(batch, n, 4), -1.0 / Math.Max(batch, 1))];

    static void Check(int m, int n, (double[,] Left, double[,] Right, double Scale)[] terms, UpdateRule rule)
    {
        double[,] parameter = Values(m, n, 21), first = rule.IsAdaGrad ? Values(m, n, 22).Absolute() : Values(m, n, 22), second = Values(m,
            n, 23).Absolute();
        foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
        {
            Placement plain = Plain(precision);
            Matrix expected = Matrix.From(parameter, plain), expectedFirst = Matrix.From(first, plain),
                expectedSecond = Matrix.From(second, plain);
            expected.Update(expectedFirst, expectedSecond, Factors(terms, plain), rule);
            // |θ| + |Δ| + learning rate·(Σ|terms| + penalties) bounds every intermediate result of momentum. For Adam the step has the
            // relative error of m and half that of s, whose magnitudes are the same sums; 1 + Σ over the smallest √s bounds its slope.
            Matrix size = Matrix.From(first.Absolute(), plain);
            size.SetOuterProducts(Factors(terms, plain, absolute: true), keep: 1);
            size.SetSum(size, 1, Matrix.From(parameter.Absolute(), plain));
            int depth = terms.Sum(t => t.Left.GetLength(0));
            Matrix? one = null, oneFirst = null;
            foreach (CpuBackend backend in Cpus)
            {
                var placement = new Placement(backend, precision);
                Matrix theta = Matrix.From(parameter, placement), delta = Matrix.From(first, placement),
                    squares = Matrix.From(second, placement);
                theta.Update(delta, squares, Factors(terms, placement), rule);
                // Neither threads nor skipped zeros change a bit; then one comparison with the reference serves all of one width.
                if (backend.Threads > 1 || backend.SkipZeros)
                {
                    AssertSameBits(one!, theta);
                    AssertSameBits(oneFirst!, delta);
                    continue;
                }
                (one, oneFirst) = (theta, delta);
                if (rule.IsAdaGrad)
                {
                    AssertCloseAdaGrad(expected, theta, expectedFirst, delta, size, rule, depth + 16);
                    continue;
                }
                AssertClose(expectedFirst, delta, size, depth + 16);
                if (rule.IsAdam) AssertCloseAdam(expected, theta, expectedFirst, expectedSecond, size, rule, depth + 16);
                else AssertClose(expected, theta, size, depth + 16);
                AssertPadded(squares);
            }
        }
    }

    /// <summary>
    /// step = rate·m̂/(√ŝ + ε): with |δm| and |δs| ≤ the bound e on the gradient's error, |δstep| ≤ rate·(δm/√ŝ + |m|·δs/(2s√s)), up to
    /// bias corrections.
    /// </summary>
    static void AssertCloseAdam(Matrix expected, Matrix actual, Matrix m, Matrix s, Matrix size, UpdateRule rule, double roundings)
    {
        double epsilon = Epsilon(actual.Precision), correction1 = 1 - Math.Pow(rule.Momentum, rule.Time),
            correction2 = 1 - Math.Pow(rule.Beta2, rule.Time);
        for (int r = 0; r < expected.Rows; r++)
            for (int c = 0; c < expected.Columns; c++)
            {
                double e = roundings * epsilon * Entry(size, r, c), g = Entry(size, r, c), mean = Math.Abs(Entry(m, r, c)),
                    square = Entry(s, r, c);
                double deltaSquare = 2 * (1 - rule.Beta2) * g * e + 4 * epsilon * square, root = Math.Sqrt(square / correction2);
                double bound = rule.LearningRate / correction1 * (e / root + mean / root * deltaSquare / square)
                    + 8 * epsilon * (Math.Abs(Entry(expected, r, c)) + rule.LearningRate * mean / correction1 / root);
                if (!(Math.Abs(Entry(expected, r, c) - Entry(actual, r, c)) <= bound))
                    Assert.Fail($"({r}, {c}) of {actual}: {Entry(actual, r, c)}, not {Entry(expected, r, c)}");
            }
        AssertPadded(actual);
    }

    /// <summary>
    /// step = rate·g/(√s + ε), s = s₀ + g²: with |δg| ≤ e, |δs| ≤ 2·|g|·e and |δstep| ≤ rate·(e/√s + |g|·δs/(2s√s)), up to roundings.
    /// </summary>
    static void AssertCloseAdaGrad(Matrix expected, Matrix actual, Matrix s, Matrix actualS, Matrix size, UpdateRule rule,
        double roundings)
    {
        double epsilon = Epsilon(actual.Precision);
        for (int r = 0; r < expected.Rows; r++)
            for (int c = 0; c < expected.Columns; c++)
            {
                double g = Entry(size, r, c), e = roundings * epsilon * g, square = Entry(s, r, c), root = Math.Sqrt(square);
                double deltaSquare = 2 * g * e + 4 * epsilon * square;
                Assert.True(Math.Abs(square - Entry(actualS, r, c)) <= deltaSquare, $"squares at ({r}, {c}) of {actual}");
                double bound = rule.LearningRate * (e / root + g / root * deltaSquare / square)
                    + 8 * epsilon * (Math.Abs(Entry(expected, r, c)) + rule.LearningRate * g / root);
                Assert.True(Math.Abs(Entry(expected, r, c) - Entry(actual, r, c)) <= bound, $"({r}, {c}) of {actual}");
            }
        AssertPadded(actual);
        AssertPadded(actualS);
    }

    static void CheckOuter(int m, int n, (double[,] Left, double[,] Right, double Scale)[] terms, double keep)
    {
        double[,] old = Values(m, n, 31);
        foreach (Precision precision in new[] { Precision.Float32, Precision.Float64 })
        {
            Placement plain = Plain(precision);
            Matrix expected = Matrix.From(old, plain), size = Matrix.From(old.Absolute(), plain);
            expected.SetOuterProducts(Factors(terms, plain), keep);
            size.SetOuterProducts(Factors(terms, plain, absolute: true), keep);
            Matrix? one = null;
            foreach (CpuBackend backend in Cpus)
            {
                var placement = new Placement(backend, precision);
                Matrix actual = Matrix.From(old, placement);
                actual.SetOuterProducts(Factors(terms, placement), keep);
                if (backend.Threads > 1 || backend.SkipZeros)
                {
                    AssertSameBits(one!, actual);
                    continue;
                }
                one = actual;
                AssertClose(expected, actual, size, terms.Sum(t => t.Left.GetLength(0)) + 16);
            }
        }
    }

    static Factor[] Factors((double[,] Left, double[,] Right, double Scale)[] terms, Placement placement, bool absolute = false) =>
        Array.ConvertAll(terms, t => absolute
            ? new Factor(Matrix.From(t.Left.Absolute(), placement), Matrix.From(t.Right.Absolute(), placement), Math.Abs(t.Scale))
            : new Factor(Matrix.From(t.Left, placement), Matrix.From(t.Right, placement), t.Scale));
}
