namespace Boltzmann.Tests.Reporting;

public class AxisTests
{
    static string[] Labels(Axis axis) => [.. axis.Ticks.Select(t => t.Label)];

    [Fact]
    public void Ticks_are_round_and_enclose_the_values() =>
        Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], Labels(Axis.For([0.03, 0.97], 5)));

    [Fact]
    public void An_axis_that_is_not_widened_ends_at_its_values()
    {
        Axis axis = Axis.For([1, 12], 6, widen: false);
        Assert.Equal(["2", "4", "6", "8", "10", "12"], Labels(axis));
        Assert.Equal((0, 1), (axis.Place(1), axis.Place(12)));
    }

    [Fact]
    public void Epochs_have_no_ticks_between_them() => Assert.Equal(["1", "2", "3"], Labels(Axis.For([1, 2, 3], 10, widen: false)));

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.0)]
    [InlineData(-1e300)]
    [InlineData(1e-300)]
    public void A_single_value_lies_inside_its_axis(double value)
    {
        Axis axis = Axis.For([value], 5);
        Assert.InRange(axis.Place(value), 0.01, 0.99);
        Assert.True(axis.Ticks.Count >= 2);
    }

    [Fact]
    public void A_log_axis_of_many_decades_has_ticks_at_powers_of_ten()
    {
        Assert.Equal(["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"], Labels(Axis.For([1e-8, 1], 5, logarithmic: true)));
        Assert.Equal(["0.1", "0.2", "0.5", "1", "2", "5"], Labels(Axis.For([0.12, 4], 5, logarithmic: true)));
        Assert.Equal(["10", "20", "30"], Labels(Axis.For([10, 30], 2, logarithmic: true)));
    }

    [Fact]
    public void What_has_no_place_on_an_axis_is_not_a_number()
    {
        Axis axis = Axis.For([1, 1000, double.NaN, -5, 0], 5, logarithmic: true);
        Assert.Equal((0, 1), (axis.Place(1), axis.Place(1000)));
        Assert.Equal(double.NaN, axis.Place(0));
        Assert.Equal(double.NaN, axis.Place(double.PositiveInfinity));
    }

    [Fact]
    public void Extreme_numbers_still_give_an_axis()
    {
        Axis axis = Axis.For([-1e300, 1e300, double.MaxValue], 5, widen: false);
        Assert.InRange(axis.Ticks.Count, 1, 40);
    }
}
