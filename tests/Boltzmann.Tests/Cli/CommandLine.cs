using System.Text.Json;
using System.Text.Json.Nodes;
using Boltzmann.Cli;

namespace Boltzmann.Tests.Cli;

/// <summary>The program, run inside the test: what it wrote to its two streams, and how it ended.</summary>
sealed record CommandLine(int Code, string Output, string Error)
{
    public static CommandLine Run(params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int code = Application.Run(args, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs what must succeed.</summary>
    public static CommandLine Succeed(params string[] args)
    {
        CommandLine run = Run(args);
        Assert.True(run.Code == 0, $"{string.Join(' ', args)}\nended with {run.Code}: {run.Error}");
        Assert.DoesNotContain('\u001b', run.Output + run.Error);
        return run;
    }

    /// <summary>The one document on standard output.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>The document with numbers to six digits, which rounding inside sums does not reach.</summary>
    public string RoundedJson => Rounded(Json)!.ToJsonString(new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    }) + "\n";

    /// <summary>Asserts what every refusal looks like: code 2, one line, nothing on standard output.</summary>
    public CommandLine IsRefused(string because = "")
    {
        Assert.True(Code == 2, $"ended with {Code}: {Output}{Error}");
        Assert.StartsWith("boltzmann: ", Error);
        Assert.True(Error.TrimEnd('\n').Split('\n').Length == 1, $"not one line: {Error}");
        Assert.Equal("", Output);
        Assert.Contains(because, Error);
        return this;
    }

    static JsonNode? Rounded(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Rounded(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Rounded)]),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => double.Parse(v.GetValue<double>().ToString("G6")),
        _ => node?.DeepClone(),
    };
}
