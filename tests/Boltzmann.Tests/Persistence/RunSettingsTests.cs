using System.Text.Json.Nodes;

namespace Boltzmann.Tests;

/// <summary>settings.json.</summary>
public sealed class RunSettingsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static RunSettings Example() => new()
    {
        ["model"] = "rbm",
        ["hidden"] = 500,
        ["learning-rate"] = new JsonArray(0.05, 0.01),
        ["centering"] = true,
        ["l2"] = 2e-4,
        ["seed"] = 1337,
        ["out"] = null,
    };

    [Fact]
    public void Settings_come_back_in_order_and_equal()
    {
        RunSettings settings = Example();
        settings.Finished = true;
        settings.Write(folder["s.json"]);
        RunSettings read = RunSettings.Read(folder["s.json"]);
        Assert.Equal(["model", "hidden", "learning-rate", "centering", "l2", "seed", "out"], read.Names);
        Assert.True(read.Finished);
        Assert.Empty(read.Differences(settings));
        Assert.Empty(settings.Differences(read));
        Assert.Equal("rbm", read.Text("model"));
        Assert.Equal(500, read.Integer("hidden"));
        Assert.Equal(2e-4, read.Number("l2"));
        Assert.Equal([0.05, 0.01], read.Numbers("learning-rate")!);
        Assert.Equal([500.0], read.Numbers("hidden")!);
        Assert.True(read.Flag("centering"));
        Assert.Null(read.Text("out"));
        Assert.Null(read.Number("absent"));
        Assert.Null(read.Numbers("absent"));
        Assert.Null(read.Flag("absent"));
    }

    [Fact]
    public void The_file_reads_like_this()
    {
        RunSettings settings = Example();
        settings.Finished = true;
        settings.Write(folder["s.json"]);
        Assert.Equal("""
            {
              "model": "rbm",
              "hidden": 500,
              "learning-rate": [
                0.05,
                0.01
              ],
              "centering": true,
              "l2": 0.0002,
              "seed": 1337,
              "out": null,
              "finished": true
            }

            """.ReplaceLineEndings("\n"), File.ReadAllText(folder["s.json"]));
    }

    [Fact]
    public void Order_and_spelling_of_numbers_make_no_difference_and_values_do()
    {
        File.WriteAllText(folder["s.json"], """{"seed":1337.0,"l2":2E-4,"out":null,"centering":true,"learning-rate":[5e-2,0.010],"hidden":5.0e2,"model":"\u0072bm"}""");
        RunSettings read = RunSettings.Read(folder["s.json"]);
        Assert.Empty(read.Differences(Example()));
        Assert.False(read.Finished);
        RunSettings other = Example();
        other["hidden"] = 501;
        other["momentum"] = 0.5;
        other["learning-rate"] = new JsonArray(0.01, 0.05);
        Assert.Equal(["hidden", "learning-rate", "momentum"], Example().Differences(other).Order());
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("null", "not a JSON object")]
    [InlineData("{\n\"a\":1,}", "line 2")]
    [InlineData("""{"a":1,"a":2}""", "not valid JSON")]
    [InlineData("""{"finished":"yes"}""", "expected true or false")]
    public void A_file_that_is_no_settings_is_refused(string text, string reason)
    {
        File.WriteAllText(folder["s.json"], text);
        BadInputException e = Assert.Throws<BadInputException>(() => RunSettings.Read(folder["s.json"]));
        Assert.StartsWith(folder["s.json"], e.Message);
        Assert.Contains(reason, e.Message);
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_with_its_name()
    {
        File.WriteAllText(folder["s.json"], """{"epochs":"ten","l2":[1,"a"],"k":1.5,"model":7,"big":1e30,"flag":0}""");
        RunSettings read = RunSettings.Read(folder["s.json"]);
        Assert.Contains("epochs", Assert.Throws<BadInputException>(() => read.Integer("epochs")).Message);
        Assert.Contains("a whole number", Assert.Throws<BadInputException>(() => read.Integer("k")).Message);
        Assert.Contains("a whole number", Assert.Throws<BadInputException>(() => read.Integer("big")).Message);
        Assert.Contains("numbers", Assert.Throws<BadInputException>(() => read.Numbers("l2")).Message);
        Assert.Contains("text", Assert.Throws<BadInputException>(() => read.Text("model")).Message);
        Assert.Contains("true or false", Assert.Throws<BadInputException>(() => read.Flag("flag")).Message);
        Assert.Throws<ArgumentException>(() => read["finished"] = true);
        Assert.Contains("no such file", Assert.Throws<BadInputException>(() => RunSettings.Read(folder["absent"])).Message);
    }

    [Fact]
    public void Units_of_columns_stand_beside_the_settings_and_are_none()
    {
        string path = folder["settings.json"];
        var settings = new RunSettings { ["epochs"] = 3, Units = new Dictionary<string, string> { ["elbo"] = "nats" } };
        settings.Write(path);
        RunSettings read = RunSettings.Read(path);
        Assert.Equal("nats", read.Units["elbo"]);
        Assert.Equal(["epochs"], read.Names);
        Assert.Empty(read.Differences(new RunSettings { ["epochs"] = 3 }));
        Assert.Throws<ArgumentException>(() => read["units"] = 1);
        foreach (string bad in (string[])["[1]", "{\"elbo\": 3}", "\"nats\""])
        {
            File.WriteAllText(path, "{\"units\": " + bad + "}");
            Assert.Contains("units is", Assert.Throws<BadInputException>(() => RunSettings.Read(path)).Message);
        }
    }
}
