using System.Text.Json.Nodes;
using System.Xml.Linq;
using Boltzmann.Compute;
using Boltzmann.Searching;
using Boltzmann.Tests.Cli;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search denoise:FILE.png with noise of its own, and with probabilities.</summary>
public sealed class CleaningCommandTests : IDisposable
{
    static readonly byte[] pixels = [0, 0, 255, 255, 0, 255, 255, 200, 0, 0, 255, 60];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Picture()
    {
        File.WriteAllBytes(folder["p.png"], Png.Encode(new(4, 3, 1, pixels)));
        return $"denoise:{folder["p.png"]}";
    }

    // p(white) of every pixel, from all 4096 states: E = −Σ (2v − 1)s − 0.7 Σ ss′.
    static double[] Exactly(double temperature, int? black = null)
    {
        double[] white = new double[12];
        double z = 0;
        for (int state = 0; state < 4096; state++)
        {
            int Spin(int i) => (state >> i & 1) * 2 - 1;
            if (black is int known && Spin(known) > 0) continue;
            double energy = 0;
            for (int i = 0; i < 12; i++)
            {
                energy -= (2 * pixels[i] / 255.0 - 1) * Spin(i);
                if (i % 4 < 3) energy -= 0.7 * Spin(i) * Spin(i + 1);
                if (i < 8) energy -= 0.7 * Spin(i) * Spin(i + 4);
            }
            double weight = Math.Exp(-energy / temperature);
            z += weight;
            for (int i = 0; i < 12; i++) white[i] += Spin(i) > 0 ? weight : 0;
        }
        return [.. white.Select(sum => sum / z)];
    }

    [Fact]
    public void Probabilities_of_pixels_are_those_of_all_states()
    {
        foreach (string method in (string[])["auto", "tempering"])
        {
            JsonNode json = CommandLine.Succeed("search", Picture(), "--marginals", "--temperature", "1.5", "--method", method, "--sweeps",
                "2000", "--json").Json;
            JsonArray variables = json["marginals"]!["variables"]!.AsArray();
            double[] exact = Exactly(1.5);
            Assert.Equal((12, "row2.column3"), (variables.Count, variables[6]!["name"]!.GetValue<string>()));
            for (int i = 0; i < 12; i++)
            {
                double room = method == "auto" ? 1e-9 : 5 * variables[i]!["standard_error"]!.GetValue<double>();
                Assert.InRange(variables[i]!["probability"]!.GetValue<double>(), exact[i] - room, exact[i] + room);
            }
            Assert.Equal(json["energy"]!.GetValue<double>(), json["objective"]!["value"]!.GetValue<double>(), 1e-9);
            Assert.Equal(12, json["solutions"]![0]!["assignment"]!.AsObject().Count);
        }
    }

    [Fact]
    public void A_known_pixel_is_certain_and_changes_its_neighbours()
    {
        JsonArray variables = CommandLine.Succeed("search", Picture(), "--marginals", "--clamp", "row1.column4=-1", "--json")
            .Json["marginals"]!["variables"]!.AsArray();
        double[] exact = Exactly(1, black: 3);
        Assert.Equal((0.0, 0.0), (variables[3]!["probability"]!.GetValue<double>(), exact[3]));
        Assert.Equal(exact[2], variables[2]!["probability"]!.GetValue<double>(), 1e-9);
    }

    [Fact]
    public void Confidence_is_one_bit_less_the_entropy()
    {
        Assert.Equal([1, 1, 0, 1 - 0.8112781244591328], CleaningDrawing.Confidence([0, 1, 0.5, 0.25]), (one, other) =>
            Math.Abs(one - other) < 1e-12);
        CommandLine.Succeed("search", Picture(), "--marginals", "--picture", folder["p.svg"]);
        Assert.Equal(["p.png", "seen", "found", "confidence"], Words(folder["p.svg"]));
    }

    [Fact]
    public void Noise_of_its_own_is_drawn_beside_the_truth_and_counted()
    {
        CommandLine words = CommandLine.Succeed("search", Picture(), "--noise", "0.2", "--picture", folder["p.svg"], "--sweeps", "50");
        Assert.Equal(["p.png", "noisy", "found", "truth"], Words(folder["p.svg"]));
        double[] greys = [.. pixels.Select(p => p / 255.0)], seen = PictureCleaning.Turned(greys, 0.2, new Rng());
        int wrong = greys.Zip(seen).Count(pair => pair.First >= 0.5 != pair.Second >= 0.5);
        Assert.Contains($"wrong pixels of 12: {wrong} as seen, ", words.Output);
    }

    [Fact]
    public void Pixels_turn_with_their_probability()
    {
        double[] turned = PictureCleaning.Turned(new double[40_000], 0.1, new Rng(5));
        // 5 standard deviations of a binomial number.
        Assert.InRange(turned.Sum(), 4000 - 5 * 60, 4000 + 5 * 60);
        Assert.All(turned, value => Assert.True(value is 0 or 1));
    }

    [Fact]
    public void Noise_is_a_share_and_belongs_to_pictures()
    {
        Assert.Contains("above 0", CommandLine.Run("search", Picture(), "--noise", "0").IsRefused().Error);
        Assert.Contains("below 1", CommandLine.Run("search", Picture(), "--noise", "1").IsRefused().Error);
        File.WriteAllText(folder["ring.txt"], "3 3\n1 2\n2 3\n3 1\n");
        foreach (string other in (string[])["queens:6", folder["ring.txt"]])
            Assert.Contains("denoise:FILE", CommandLine.Run("search", other, "--noise", "0.1").IsRefused().Error);
        Assert.Contains("--marginals is for --method tempering",
            CommandLine.Run("search", Picture(), "--marginals", "--method", "annealing").IsRefused().Error);
    }

    static string[] Words(string svg) => [.. XDocument.Parse(File.ReadAllText(svg)).Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
