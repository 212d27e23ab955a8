namespace Boltzmann.Tests.Reporting;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-86.3, "−86.3")]
    [InlineData(0.12345, "0.1235")]
    [InlineData(9.99996, "10")]
    [InlineData(12345.6, "12\u202F346")]
    [InlineData(1234, "1234")]
    [InlineData(60000000, "60\u202F000\u202F000")]
    [InlineData(1.2e-7, "1.2×10⁻⁷")]
    [InlineData(-3e22, "−3×10²²")]
    [InlineData(double.NaN, "not a number")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Short_numbers_are_written_as_people_read_them(double value, string text) => Assert.Equal(text, NumberText.Short(value));

    [Theory]
    [InlineData(-0.0001, 2, "0.00")]
    [InlineData(-1.5, 1, "−1.5")]
    [InlineData(100000, 0, "100\u202F000")]
    public void Fixed_numbers_keep_their_decimals_and_zero_has_no_sign(double value, int decimals, string text) =>
        Assert.Equal(text, NumberText.Fixed(value, decimals));
}
