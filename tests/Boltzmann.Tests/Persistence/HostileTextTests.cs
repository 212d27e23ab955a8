using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Boltzmann.Tests;

/// <summary>Random text in place of settings, metrics and model descriptions is read or refused, and nothing else.</summary>
public sealed class HostileTextTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly string[] words =
    [
        "{", "}", "[", "]", ",", ":", "\n", "\"a\":1", "\"finished\":true", "\"finished\":\"\\ud800\"", "\"\\udc00\":",
            "\"a\":\"b\\ud800\"", "1e999", "-1", "NaN",
        "\"format\":1", "\"model\":\"rbm\"", "\"model\":\"dbn\"", "\"classes\":[\"a\"", "\"layers\":[",
            "{\"units\":\"bernoulli\",\"size\":2}", "{\"units\":\"multinomial\",\"size\":2,\"categories\":0}", "]}",
        "\"training\":{\"x\":", "epoch", "error", "0.5", "\r", "\"", "\u2028", "ü",
    ];

    [Fact]
    public void Settings_are_read_or_refused() => Check(bytes =>
    {
        File.WriteAllBytes(folder["s"], bytes);
        RunSettings settings = RunSettings.Read(folder["s"]);
        foreach (string name in settings.Names)
            foreach (Action read in (Action[])[() => settings.Text(name), () => settings.Number(name), () => settings.Integer(name),
                () => settings.Flag(name), () => settings.Numbers(name)])
                Try(read);
        Assert.Empty(settings.Differences(settings));
        settings.Write(folder["s"]);
        Assert.Empty(RunSettings.Read(folder["s"]).Differences(settings));
    });

    [Fact]
    public void Metrics_are_read_or_refused() => Check(bytes =>
    {
        File.WriteAllBytes(folder["m"], bytes);
        MetricsTable table = MetricsTable.Open(folder["m"]);
        foreach (string column in table.Columns) Assert.Equal(table.Rows, table.Column(column).Length);
    });

    [Fact]
    public void Descriptions_are_read_or_refused() => Check(bytes =>
    {
        ModelDescription description = ModelDescription.Parse(Encoding.UTF8.GetString(bytes), "f");
        Assert.Equal(description.ToJson(), ModelDescription.Parse(description.ToJson(), "f").ToJson());
    });

    static void Check(Action<byte[]> read)
    {
        Gen<byte[]> text = Gen.Elements(words).ArrayOf().Select(tokens => Encoding.UTF8.GetBytes(string.Concat(tokens)));
        Gen<byte[]> json = Gen.Elements(words).ArrayOf().Select(tokens => Encoding.UTF8.GetBytes("{" + string.Join(',', tokens) + "}"));
        Gen<byte[]> bytes = ArbMap.Default.GeneratorFor<byte>().ArrayOf();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(600).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20240602), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(Gen.OneOf(text, json, bytes).ToArbitrary(), content =>
        {
            Try(() => read(content));
            return true;
        }));
    }

    static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (BadInputException e)
        {
            Assert.DoesNotContain(e.Message, char.IsControl);
        }
    }
}
