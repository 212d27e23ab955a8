using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Reporting;

namespace Boltzmann.Tests.Searching;

/// <summary>boltzmann search --animation.</summary>
public sealed class SearchAnimationTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }

    List<PixelImage> Frames(params string[] arguments)
    {
        CommandLine words = CommandLine.Succeed(["search", .. arguments, "--animation", folder["a.png"], "--picture", folder["p.png"]]);
        List<PixelImage> frames = PngReader.Frames(File.ReadAllBytes(folder["a.png"]));
        Assert.Contains($"animation: {folder["a.png"]}, {frames.Count} state", words.Output);
        return frames;
    }

    // The last frame shows what --picture does; titles of other states may be longer.
    void EndsAsThePicture(List<PixelImage> frames)
    {
        PixelImage picture = PngReader.Decode(File.ReadAllBytes(folder["p.png"])), last = frames[^1];
        Assert.Equal(picture.Padded(last.Width, last.Height).Pixels, last.Pixels);
    }

    [Fact]
    public void An_anneal_is_seen_cooling_and_ends_at_the_best_state()
    {
        List<PixelImage> frames = Frames("queens:8", "--method", "annealing", "--sweeps", "400", "--seed", "3");
        Assert.InRange(frames.Count, 2, 48);
        EndsAsThePicture(frames);
        // Hot boards have red queens, the last one has none.
        static bool HasRed(PixelImage image) => image.Pixels.Chunk(3).Any(p => (p[0], p[1], p[2]) == (0xc0, 0x36, 0x4f));
        Assert.True(frames.Take(5).Any(HasRed) && !HasRed(frames[^1]));
    }

    [Fact]
    public void There_are_48_states_at_most_however_long_the_search()
    {
        string ring = Write("ring.txt", "30 30\n" + string.Join('\n', Enumerable.Range(1, 30).Select(i => $"{i} {i % 30 + 1}")));
        List<PixelImage> frames = Frames(ring, "--method", "annealing", "--sweeps", "4000");
        Assert.Equal(48, frames.Count);
        EndsAsThePicture(frames);
    }

    [Fact]
    public void Best_states_only_get_better_and_a_search_that_failed_is_not_shown()
    {
        // Two colours suffice, a search for one is not made; of a triangle three suffice, and two are tried.
        EndsAsThePicture(Frames($"colouring:{Write("g.txt", "a b\nb c\nc a\nc d\n")}", "--sweeps", "50"));
        string formula = Write("f.cnf", "p cnf 3 3\n1 2 0\n-1 3 0\n-2 -3 0\n");
        EndsAsThePicture(Frames(formula));
        EndsAsThePicture(Frames(formula, "--clamp", "x1=1", "--method", "annealing", "--sweeps", "50"));
    }

    [Fact]
    public void What_has_no_drawing_or_another_ending_is_refused_before_the_search()
    {
        string qubo = Write("q.qubo", "p qubo 0 2 2 1\n0 0 1\n1 1 -1\n0 1 2\n");
        Assert.Contains("have no drawing", CommandLine.Run("search", qubo, "--animation", folder["a.png"]).IsRefused().Error);
        Assert.Contains(".png", CommandLine.Run("search", "queens:6", "--animation", folder["a.svg"]).IsRefused().Error);
        Assert.False(File.Exists(folder["a.png"]));
    }
}
