using System.Text.Json.Nodes;
using Boltzmann.Ratings;

namespace Boltzmann.Runs;

/// <summary>What a plan of ratings means: tables, machine, trainer. Everything that can be wrong is found here, before a folder
/// exists.</summary>
sealed class RatingTask : IRunTask
{
    /// <summary>What is measured on held-out ratings, and what the plain model has there.</summary>
    public const string Rmse = "rmse", Mae = "mae", BiasesRmse = "biases-rmse";

    /// <summary>The unit of its curve.</summary>
    public const string Unit = "root mean square";

    // Of held-out ratings, of the weights to begin with.
    const uint HeldOutStream = 0x686f6c64, WeightStream = 0x77656967;
    const string BestPrefix = "best.", BestEpochKey = "best-epoch", BestValueKey = "best-value";

    readonly RatingTrainer trainer;
    readonly RatingTable training;
    readonly RatingTable? held;
    readonly int[][]? alsoRated;
    readonly double[] heldValues;
    readonly RatingMachine? best;
    readonly int threads;
    double bestValue = double.PositiveInfinity;
    Dictionary<string, double> result = [];

    public RatingTask(RatingPlan plan, RunContext context)
    {
        plan.Check();
        (Plan, Seed, threads) = (plan, context.Seed, context.Threads);
        All = RatingReader.Read(context.Data.FindFile(plan.Data!) ?? plan.Data!, plan.Columns);
        Draw draw = new Rng(Seed, HeldOutStream).NextDraw();
        IsHeldOut = [.. Enumerable.Range(0, All.Count).Select(n => Philox.Uniform(draw, n, 0) < plan.ValidationShare)];
        RatingList learned = All.Where(n => !IsHeldOut[n]), kept = All.Where(n => IsHeldOut[n]);
        double[] values = All.Levels();
        All.LevelsIn(values);
        training = learned.ToTable(values, plan.IsByItem);
        if (training.Count == 0) throw new BadInputException($"{All.Source}: has {All.Count:N0} ratings, and none is left to learn from");
        held = kept.Count == 0 ? null : kept.ToTable(values, plan.IsByItem);
        if (held is null && plan.Keep == KeptEpoch.Best)
            throw new BadInputException("--keep best is chosen on held-out ratings, and there are none; expected --keep last");
        heldValues = held is null ? [] : [.. Enumerable.Range(0, held.Cases).SelectMany(c => held.LevelsOf(c).ToArray())
            .Select(level => values[level])];
        UnitNames = plan.IsByItem ? All.UserNames : All.ItemNames;
        Machine = new(training.Units, values, plan.Hidden, plan.Conditional);
        Machine.Begin(training, plan.Smoothing, plan.WeightsStd, new(Seed, WeightStream));
        if (plan.Rated is string file) alsoRated = AlsoRated(context.Data.FindFile(file) ?? file);
        trainer = new(Machine, training, alsoRated, plan.Options(threads), Seed);
        if (plan.Keep == KeptEpoch.Best) best = new(training.Units, values, plan.Hidden, plan.Conditional);
        if (held is not null) Biases = ErrorsOfBiases(learned, kept);
    }

    public RatingPlan Plan { get; }

    public ulong Seed { get; }

    /// <summary>All ratings of the file.</summary>
    public RatingList All { get; }

    /// <summary>Whether each is held out.</summary>
    public bool[] IsHeldOut { get; }

    /// <summary>What learns.</summary>
    public RatingMachine Machine { get; }

    /// <summary>What is kept.</summary>
    public RatingMachine Kept => best is not null && BestEpoch > 0 ? best : Machine;

    /// <summary>Names of the visible blocks.</summary>
    public IReadOnlyList<string> UnitNames { get; }

    /// <summary>Errors of means and biases on held-out ratings; null without these.</summary>
    public RatingErrors? Biases { get; }

    /// <summary>The epoch that is kept; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>Epochs completed.</summary>
    public int Epoch => trainer.Epoch;

    /// <inheritdoc/>
    public IModel Model => (IModel)Machine.Model;

    /// <inheritdoc/>
    public string Heading => $"{All.Source}: {All.Count:N0} ratings of {All.ItemNames.Count:N0} items by {All.UserNames.Count:N0} users"
        + $"{(held is null ? "" : $", {held.Count:N0} held out")}; {Plan.By}s are rows, {Machine.Units:N0} × {Machine.Levels} levels, "
        + $"{Machine.Hidden} hidden{(Machine.IsConditional ? ", conditional" : "")}";

    /// <inheritdoc/>
    public string? Note => null;

    /// <inheritdoc/>
    public string Command => $"train {RatingPlan.Name}";

    /// <inheritdoc/>
    public string Position => $"epoch {Epoch + 1}";

    /// <inheritdoc/>
    public string? Stopped => null;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Result => result;

    /// <summary>What is measured after each epoch.</summary>
    public IReadOnlyList<string> Metrics => held is null ? [] : [Rmse];

    /// <inheritdoc/>
    public void KeepFilm() => throw new BadInputException("--animation is of fantasy particles of pictures");

    /// <summary>Learns to the end, yielding after every update.</summary>
    public IEnumerable<TrainingProgress> Learn() => trainer.Run(Plan.Epochs, Measure);

    /// <summary>What a checkpoint needs beside the machine.</summary>
    public TrainerSnapshot Snapshot()
    {
        TrainerSnapshot own = trainer.Snapshot();
        if (best is null || BestEpoch == 0) return own;
        var numbers = new Dictionary<string, double>(own.Numbers) { [BestEpochKey] = BestEpoch, [BestValueKey] = bestValue };
        return new([.. own.Matrices, .. best.Model.Parameters.Select(p => (BestPrefix + p.Name, p.Value))], numbers);
    }

    /// <inheritdoc/>
    public void Restore(TrainerSnapshot snapshot)
    {
        trainer.Restore(snapshot);
        if (best is null || !snapshot.Numbers.ContainsKey(BestEpochKey)) return;
        (BestEpoch, bestValue) = ((int)snapshot.Count(BestEpochKey, int.MaxValue), snapshot.Number(BestValueKey));
        snapshot.CopyTo(BestPrefix, best.Model.Parameters);
    }

    /// <inheritdoc/>
    public bool Execute(RunFolder folder, RunContext context, string commandLine)
    {
        var run = new RatingRun(this, folder, context, commandLine);
        bool finished = run.Execute();
        result = run.Result;
        return finished;
    }

    /// <summary>How the machine is trained, and whose ratings its units are.</summary>
    public JsonObject Description()
    {
        JsonObject training = Plan.ToSettings().ToJson();
        training[TrainedRatings.Key] = TrainedRatings.Facts(Machine, Plan.IsByItem, UnitNames);
        return training;
    }

    /// <summary>Errors of a machine on held-out ratings; null without these.</summary>
    public RatingErrors? ErrorsOf(RatingMachine machine) => held is null ? null
        : RatingErrors.Of(heldValues, RatingPrediction.Expected(machine, training, held, alsoRated, threads));

    IReadOnlyDictionary<string, double> Measure(RatingMachine machine)
    {
        if (ErrorsOf(machine)?.Rmse is not double rmse) return new Dictionary<string, double>();
        if (best is not null && rmse < bestValue)
        {
            (bestValue, BestEpoch) = (rmse, trainer.Epoch);
            best.Model.CopyFrom(machine.Model);
        }
        return new Dictionary<string, double> { [Rmse] = rmse };
    }

    int[][] AlsoRated(string file)
    {
        RatingList pairs = RatingReader.Read(file, Plan.Columns with { Rating = null }, needsRatings: false);
        var units = UnitNames.Index().ToDictionary(u => u.Item, u => u.Index, StringComparer.Ordinal);
        var cases = (Plan.IsByItem ? All.ItemNames : All.UserNames).Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        var also = new SortedSet<int>?[training.Cases];
        for (int n = 0; n < pairs.Count; n++)
        {
            string user = pairs.UserNames[pairs.Users[n]], item = pairs.ItemNames[pairs.Items[n]];
            // Users and items that nobody learns from tell nothing.
            if (!units.TryGetValue(Plan.IsByItem ? user : item, out int unit) || !cases.TryGetValue(Plan.IsByItem ? item : user, out int c))
                continue;
            if (training.UnitsOf(c).BinarySearch(unit) < 0) (also[c] ??= []).Add(unit);
        }
        return [.. also.Select(units => units is null ? [] : units.ToArray())];
    }

    static RatingErrors ErrorsOfBiases(RatingList learned, RatingList kept)
    {
        RatingBiases biases = RatingBiases.Of(learned);
        return RatingErrors.Of(kept, [.. Enumerable.Range(0, kept.Count).Select(n => biases.Expected(kept.Users[n], kept.Items[n]))]);
    }
}
