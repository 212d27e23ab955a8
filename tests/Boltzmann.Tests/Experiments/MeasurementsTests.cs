using Boltzmann.Experiments;
using Boltzmann.Tests.Data;

namespace Boltzmann.Tests.Experiments;

/// <summary>Numbers that an interrupted experiment finds again.</summary>
public sealed class MeasurementsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path => System.IO.Path.Combine(folder.Path, "measurements.json");

    [Fact]
    public void A_number_is_measured_once_for_the_same_settings()
    {
        Assert.Equal([0.1, 1e-300, -3], new Measurements(folder.Path, "10 epochs").Once("gap", () => [0.1, 1e-300, -3]));
        Assert.Equal([0.1, 1e-300, -3],
            new Measurements(folder.Path, "10 epochs").Once("gap", () => throw new InvalidOperationException("known")));
        Assert.Equal([7], new Measurements(folder.Path, "20 epochs").Once("gap", () => [7]));
    }

    [Fact]
    public void The_file_is_of_the_form_that_earlier_versions_wrote()
    {
        new Measurements(folder.Path, "10 epochs").Once("gap", () => [0.5, 2]);
        Assert.Equal("""
            {
              "Settings": "10 epochs",
              "Numbers": {
                "gap": [
                  0.5,
                  2
                ]
              }
            }
            """.ReplaceLineEndings("\n"), File.ReadAllText(Path).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"Settings": "10 epochs"}""")]
    [InlineData("""{"Numbers": {}}""")]
    [InlineData("""{"Settings": "10 epochs", "Numbers": null}""")]
    [InlineData("""{"Settings": "10 epochs", "Numbers": {"gap": "wide"}}""")]
    public void A_damaged_file_is_refused_in_one_line(string text)
    {
        File.WriteAllText(Path, text);
        string message = Assert.Throws<BadInputException>(() => new Measurements(folder.Path, "10 epochs")).Message;
        Assert.StartsWith($"{Path}: is damaged", message);
        Assert.DoesNotContain('\n', message);
    }
}
