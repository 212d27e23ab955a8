namespace Boltzmann.Tests.Temporal;

/// <summary>Optimisers that scale steps by squares of gradients, against their formulas.</summary>
public class AdaptiveStepTests
{
    static readonly Placement inDouble = Placement.Default.Double;
    static readonly double[] gradients = [2, -1, 0.5, 0, 3];

    [Fact]
    public void AdaGrad_divides_by_the_root_of_the_sum_of_squares()
    {
        double value = 0, squares = 0;
        AssertSteps(new AdaGrad(), g =>
        {
            squares += g * g;
            return value += 0.1 * g / (Math.Sqrt(squares) + 1e-6);
        });
    }

    [Fact]
    public void RmsProp_divides_by_the_root_of_their_running_mean()
    {
        double value = 0, squares = 0;
        AssertSteps(new RmsProp(0.8), g =>
        {
            squares = 0.8 * squares + 0.2 * g * g;
            return value += 0.1 * g / (Math.Sqrt(squares) + 1e-6);
        });
    }

    static void AssertSteps(IOptimizer optimizer, Func<double, double> expected)
    {
        Matrix value = new(1, 1, inDouble), one = Matrix.Row(1, 1, inDouble);
        foreach (double g in gradients)
        {
            optimizer.Time++;
            optimizer.Apply(0, value, [new Factor(one, Matrix.Row(1, g, inDouble), 1)], new StepRates(0.1, 0, 0, 0));
            Assert.Equal(expected(g), value[0, 0], 12);
        }
    }
}
