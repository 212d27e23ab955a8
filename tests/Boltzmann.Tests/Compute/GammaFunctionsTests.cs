namespace Boltzmann.Tests.Compute;

/// <summary>log Γ and its slope against what they are by definition.</summary>
public sealed class GammaFunctionsTests
{
    [Theory, InlineData(0.01), InlineData(0.1), InlineData(0.5), InlineData(1), InlineData(3.7), InlineData(8), InlineData(250)]
    public void The_slope_is_that_of_the_function_and_both_obey_the_recurrence(double x)
    {
        double step = 1e-5 * x;
        double slope = (GammaFunctions.LogGamma(x + step) - GammaFunctions.LogGamma(x - step)) / (2 * step);
        Assert.Equal(slope, GammaFunctions.Digamma(x), 1e-6 * Math.Max(1, Math.Abs(slope)));
        Assert.Equal(GammaFunctions.LogGamma(x) + Math.Log(x), GammaFunctions.LogGamma(x + 1), 1e-11 * Math.Max(1, x));
        Assert.Equal(GammaFunctions.Digamma(x) + 1 / x, GammaFunctions.Digamma(x + 1), 1e-12 * Math.Max(1, 1 / x));
    }

    [Fact]
    public void Known_values_come_out()
    {
        Assert.Equal(Math.Log(Math.Sqrt(Math.PI)), GammaFunctions.LogGamma(0.5), 1e-12);
        Assert.Equal(Math.Log(24), GammaFunctions.LogGamma(5), 1e-12);
        Assert.Equal(-0.57721566490153286, GammaFunctions.Digamma(1), 1e-12);
    }
}
