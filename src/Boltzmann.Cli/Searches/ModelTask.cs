using Boltzmann.Cli.Temporal;
using Boltzmann.Models;
using Boltzmann.Reporting;
using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>A learned machine: its modes, or the most probable completion of given rows.</summary>
sealed class ModelTask(TrainedModel trained, string name, Session session) : SearchTask
{
    FoundModes? found;
    string? clamp;

    public override string Name => name;
    public override string Format => "model";
    public override SearchSubject Subject => SearchSubject.Model;
    public override string Kind => clamp is null ? "modes" : "completion";
    public override SearchObjective Objective => new(IsFree ? "free energy" : "energy", IsMaximised: false);
    public override SearchSizes Sizes => found is null ? new(0, 0, 0, 0, 0) : new(found.Variables, found.Pairs, 0, 0, 0);
    public override string Facts => $"{name}: {trained}; " + (clamp is null ? "its modes" : $"rows completed where {clamp} is known");
    public override string[] PictureEndings => [".png"];

    bool IsFree => found is null || found.Searches[0].IsHiddenSummedOut;

    /// <summary>Whether a path is a model's: a folder of a run, a model file, a checkpoint.</summary>
    public static bool IsModel(string path) => Directory.Exists(path) || path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    public static ModelTask Open(SearchRequest request, Session session)
    {
        SequenceAlternative.RequireRows(request.Path, "search");
        TrainedModel trained = session.Track($"reading {request.Path}", () => TrainedModel.Load(request.Path, session.Placement));
        return new(trained, Path.GetFileName(Path.TrimEndingDirectorySeparator(request.Path)), session);
    }

    public override IReadOnlyList<string> Endings => [".csv", ".npy"];

    public override void Clamp(IReadOnlyList<KeyValuePair<string, int>> values) =>
        throw new InvalidOperationException("what is known of a model stands in rows");

    public override void Check(SearchRequest request)
    {
        if (request.ClampWords.Count > 1)
            throw new BadInputException("--clamp of a model is one word: left, right, top, bottom, or columns such as 0-99,150");
        clamp = request.ClampWords.Count > 0 ? request.ClampWords[0] : null;
        if (clamp is not null && request.Rows is null)
            throw new BadInputException($"--clamp {clamp} of a model says what stays as in rows: --data names them");
        if (clamp is null && request.Rows is not null)
            throw new BadInputException("--data has rows that a model completes: --clamp says what stays, such as left, top or 0-99");
    }

    protected override string AutoMethod(SearchRequest request) => "tempering";

    public override SearchOutcome Run(SearchRequest request, Session session, SearchWatch watch)
    {
        found = trained.Modes(new()
        {
            Count = request.HasSolutions ? request.Solutions : DefaultModes,
            Temperature = request.Temperature ?? 1,
            Stop = request.Ends(session.Interrupted),
            Clamp = clamp,
            Rows = request.Rows ?? new(),
            Picture = request.Picture is not null,
            Image = request.Image,
            Progress = run => watch.Tell(() => SearchStanding.Of(Objective, run)),
        }, session.Context);
        Mode best = found.Modes[0];
        SearchResult first = found.Searches[0].Search;
        return new(first with
        {
            Energy = best.Energy,
            Assignment = best.State,
            Solutions = [.. found.Modes.Select(mode => new SearchSolution(mode.Energy, [.. mode.State], mode.Chains))],
            // Its energies are joint ones, its marginals those of hidden units too.
            Marginals = null,
            Trace = [],
            Ladder = [],
        }, best.Energy);
    }

    public override TextTable ResultTable(SearchOutcome outcome)
    {
        const int Most = 40;
        var table = new TextTable(clamp is null ? "mode" : "row", Objective.Name, clamp is null ? "share of samples" : "samples",
            clamp is null ? "chains" : "modes seen");
        for (int k = 0; k < Math.Min(Most, found!.Modes.Count); k++)
        {
            Mode mode = found.Modes[k];
            if (clamp is null)
                table.Add($"{k + 1}", NumberText.Fixed(mode.Energy, 3), $"{NumberText.Fixed(100 * mode.Share, 2)} %", $"{mode.Chains}");
            else
                table.Add($"{k + 1}", NumberText.Fixed(mode.Energy, 3), $"{found.Searches[k].Samples}", $"{found.Searches[k].Distinct}");
        }
        if (found.Modes.Count > Most) table.Add("…", "", "", $"{found.Modes.Count - Most:N0} more: --json");
        else if (clamp is null)
            table.Add("all", "", $"{NumberText.Short(found.Searches[0].Samples, 12)} samples",
                $"{NumberText.Short(found.Searches[0].Distinct, 12)} different modes");
        return table;
    }

    public override bool WriteBest(string path, SearchOutcome outcome)
    {
        RowsFile.Write(path, found!.Rows.Rows, found.ColumnNames, session.Placement.Precision, [found.Rows]);
        return true;
    }

    public override void WritePicture(string path, SearchOutcome outcome) => AtomicFile.WriteBytes(path, Png.Encode(found!.Sheet!));

    const int DefaultModes = 20;
}
