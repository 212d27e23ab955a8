using Boltzmann.Reporting;

namespace Boltzmann.Cli.Searches;

/// <summary>States along a search, for an animation: the best ones, or those of an anneal. Of very many every second, fourth, … is
/// kept.</summary>
sealed class SearchFilm
{
    const int MostFrames = 48, FrameMs = 350, LastFrameMs = 2500;

    readonly List<(SearchTask Task, byte[] State)> frames = [];
    (SearchTask? Task, byte[] State) before = (null, []);
    int step = 1, seen;

    /// <summary>Takes a state, unless it is the one before.</summary>
    /// <param name="task">Draws it.</param>
    /// <param name="state">As the task reads it.</param>
    public void Add(SearchTask task, IReadOnlyList<byte> state)
    {
        byte[] own = [.. state];
        if (before.Task == task && before.State.AsSpan().SequenceEqual(own)) return;
        before = (task, own);
        if (seen++ % step != 0) return;
        frames.Add((task, own));
        if (frames.Count < 2 * MostFrames) return;
        step *= 2;
        for (int k = frames.Count - 1; k > 0; k -= 2) frames.RemoveAt(k);
    }

    /// <summary>Drops the states of a task whose search came to nothing.</summary>
    public void Remove(SearchTask task) => frames.RemoveAll(frame => frame.Task == task);

    /// <summary>The file, an animated PNG, and the number of its frames.</summary>
    /// <param name="task">Draws the last one.</param>
    /// <param name="state">The best of all.</param>
    public (byte[] File, int Frames) Encode(SearchTask task, IReadOnlyList<byte> state)
    {
        List<(SearchTask Task, byte[] State)> all = [.. frames];
        if (all.Count == 0 || all[^1].Task != task || !all[^1].State.AsSpan().SequenceEqual([.. state])) all.Add((task, [.. state]));
        int count = Math.Min(all.Count, MostFrames);
        var shown = Enumerable.Range(0, count).Select(k => all[count == 1 ? all.Count - 1 : k * (all.Count - 1) / (count - 1)]).ToArray();
        // Titles and columns of different lengths make drawings of different sizes; each is drawn twice rather than all kept.
        (int Width, int Height)[] sizes = [.. shown.Select(frame => SvgRaster.SizeOf(Svg(frame)))];
        var film = new AnimationFrames();
        foreach (var frame in shown)
            film.Add(SvgRaster.Draw(Svg(frame)).Padded(sizes.Max(size => size.Width), sizes.Max(size => size.Height)));
        return (film.Encode(FrameMs, LastFrameMs), count);

        static string Svg((SearchTask Task, byte[] State) frame) => frame.Task.Draw(frame.State, null)!;
    }
}
