using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// The right halves of binarised MNIST test digits, given the left ones: what machines make of them beside the mean training digit and the
/// nearest training digits.
/// </summary>
sealed class HalfDigitsExperiment : Experiment
{
    const string Data = "binarized-mnist";
    const int Side = 28, Shown = 16;
    const uint AverageStream = 0x68616c66, SampleStream = 0x68617332, AisStream = 0x68616169;

    static int Chains(ExperimentContext context) => context.Quick ? 2 : 10;

    static int Betas(ExperimentContext context) => context.Quick ? 20 : 500;

    public override string Name => "half-digits";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Dataset training = context.Data.Open(Data, new DataOptions());
        Dataset test = context.Data.Open(Data, new DataOptions { Split = DataSplit.Test });
        if (context.Quick) training = training.Take(2000);
        // The file is sorted by class, so rows are taken at even distances; those judged by annealing and those shown are spread over them
        // in turn.
        int rows = context.Quick ? 50 : 480, judged = context.Quick ? 10 : 48;
        Matrix truth = test.Select(Spaced(rows, test.Count)).ToMatrix(context.Placement),
            judgedRows = test.Select(Spaced(judged, test.Count)).ToMatrix(context.Placement);
        Matrix known = Matrix.Row([.. Enumerable.Range(0, Side * Side).Select(i => i % Side < Side / 2 ? 1.0 : 0)], context.Placement),
            asked = known.Like(1, known.Columns);
        asked.SetSum(known, -1, Matrix.Row(1, 1, context.Placement));

        string name = context.Labelled(Name);
        var table = new TextTable("right half from the left one", "mean squared error", "log-probability, pixels alone [nats]",
            $"log p(right | left) [nats], of machines on {judged} rows");
        Matrix mean = Spread(training.Means(), truth);
        Add("mean training digit", mean, null);
        context.Say("nearest training digits");
        var neighbours = Neighbours(training, truth, known, [1, 20]);
        Add("nearest training digit", neighbours[0].Mean, null, smoothed: neighbours[0].Smoothed);
        Add("mean of the 20 nearest", neighbours[1].Mean, null, smoothed: neighbours[1].Smoothed);

        var lines = new List<Matrix> { Given(truth, known), neighbours[0].Mean };
        IReadOnlyList<Candidate> candidates = Candidates(context);
        foreach (Candidate candidate in candidates)
        {
            EnergyModel model = candidate.Model;
            context.Say($"{candidate.Name}: completions");
            var chains = context.Quick ? new CompletionOptions { BurnIn = 10, Sweeps = 10 }
                : new CompletionOptions { BurnIn = 100, Sweeps = 300 };
            Matrix average = Completion.EstimateMeans(model, truth, known, new Rng(context.Seed, AverageStream), chains,
                context.Interrupted);
            Matrix sample = Completion.Sample(model, truth, known, new Rng(context.Seed, SampleStream), chains, context.Interrupted);
            Matrix field = Completion.MeanFieldMeans(model, truth, known);
            context.Say($"{candidate.Name}: log p(right | left) by annealed importance sampling");
            var annealing = new Annealing
            {
                Chains = Chains(context),
                Betas = Betas(context),
                Start = Annealing.BaseRate(model, training.Take(10_000).ToMatrix(context.Placement)),
            };
            Score conditional = ConditionalLikelihood.Estimate(model, judgedRows, known, annealing, new Rng(context.Seed, AisStream),
                context.Interrupted);
            Add($"{candidate.Name}, one sample", sample, null, hasProbability: false);
            Add($"{candidate.Name}, mean field", field, null);
            Add($"{candidate.Name}, mean of {chains.Sweeps} sweeps", average, conditional);
            lines.AddRange([sample, average]);
        }
        lines.Add(truth);
        context.Prose.Write(table.ToText());

        int[] shown = Spaced(Shown, truth.Rows);
        double[][] tiles = [.. lines.SelectMany(m => shown.Select(m.ReadRow))];
        context.WriteBytes($"{name}-digits.png", Png.Encode(ImageSheet.Grey(tiles, new ImageShape(Side, Side),
            layout: new SheetLayout { Columns = Shown })));
        Write(context, new()
        {
            { "rows", $"{truth.Rows}" },
            { "table", table },
            { "judged", $"{judged}" },
            { "annealing", $"{Chains(context)} chains of {Betas(context)} betas" },
            { "pictures", string.Join("; ", candidates.Select(c => $"a sample and the mean of the {c.Name}")) },
            { "machines", candidates.Select(c => new PageValues { { "name", c.Name }, { "settings", c.Run } }) },
        });

        void Add(string what, Matrix restored, Score? conditional, Matrix? smoothed = null, bool hasProbability = true)
        {
            Score error = Restoration.SquaredError(truth, restored, asked);
            Score? log = hasProbability ? Restoration.LogProbability(truth, smoothed ?? restored, asked) : null;
            Score? joint = conditional ?? (table.Rows.Count < 3 ? log : null);
            table.Add(what, $"{Text(error.Mean, 4)} ± {Text(error.StandardError, 4)}",
                log is null ? "" : $"{Text(log.Mean, 1)} ± {Text(log.StandardError, 1)}",
                joint is null ? "" : $"{Text(joint.Mean, 1)} ± {Text(joint.StandardError, 1)}");
            context.Found($"mean squared error, {what}", error.Mean);
            if (joint is not null) context.Found($"log p(right | left), {what} [nats]", joint.Mean);
        }
    }

    /// <summary>The machines of dbm-mnist: its lowest one by itself, and all of its layers.</summary>
    public static IReadOnlyList<Candidate> Candidates(ExperimentContext context)
    {
        (RunFolder first, RunFolder machine) = DbmMnistExperiment.Pretrain(context);
        return [new("RBM", first, ModelFile.LoadRbm(first.ModelPath, context.Placement)),
            new("DBM", machine, ModelFile.LoadDbm(machine.ModelPath, context.Placement))];
    }

    // For each k the mean of the k training rows whose known part is nearest, with the known part of the row itself; and (sum + 1)/(k + 2)
    // in its place.
    static (Matrix Mean, Matrix Smoothed)[] Neighbours(Dataset training, Matrix truth, Matrix known, int[] counts)
    {
        Matrix rows = training.ToMatrix(truth.Placement), seen = rows.Like(rows.Rows, rows.Columns),
            asked = truth.Like(truth.Rows, truth.Columns);
        seen.SetScaled(rows, known);
        asked.SetScaled(truth, known);
        var search = new KNearestNeighbors(counts[^1]);
        // The rule wants classes; neighbours are all that is asked for.
        search.Fit(seen, [.. Enumerable.Range(0, seen.Rows).Select(r => r % 2)]);
        Neighbor[][] nearest = search.Find(asked);
        var found = new (Matrix Mean, Matrix Smoothed)[counts.Length];
        double[] isKnown = known.ReadRow(0), row = new double[truth.Columns], other = new double[truth.Columns],
            sum = new double[truth.Columns];
        for (int k = 0; k < counts.Length; k++)
        {
            found[k] = (truth.Clone(), truth.Clone());
            for (int r = 0; r < truth.Rows; r++)
            {
                truth.ReadRow(r, row);
                Array.Clear(sum);
                foreach (Neighbor neighbor in nearest[r].Take(counts[k]))
                {
                    rows.ReadRow(neighbor.Row, other);
                    for (int c = 0; c < sum.Length; c++) sum[c] += other[c];
                }
                found[k].Mean.WriteRow(r, [.. row.Select((x, c) => isKnown[c] != 0 ? x : sum[c] / counts[k])]);
                found[k].Smoothed.WriteRow(r, [.. row.Select((x, c) => isKnown[c] != 0 ? x : (sum[c] + 1) / (counts[k] + 2))]);
            }
        }
        return found;
    }

    // What is not known in grey.
    static Matrix Given(Matrix truth, Matrix known)
    {
        Matrix given = truth.Like(truth.Rows, truth.Columns);
        given.SetSum(truth, 1, Matrix.Row(1, -0.4, truth.Placement));
        given.SetScaled(given, known);
        given.SetSum(given, 1, Matrix.Row(1, 0.4, truth.Placement));
        return given;
    }

    /// <summary>So many row numbers, evenly spread over all.</summary>
    public static int[] Spaced(int count, int of) => [.. Enumerable.Range(0, count).Select(i => (int)((long)i * of / count))];

    static Matrix Spread(double[] row, Matrix like)
    {
        Matrix rows = like.Like(like.Rows, like.Columns);
        for (int r = 0; r < rows.Rows; r++) rows.WriteRow(r, row);
        return rows;
    }

    static string Text(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    /// <summary>A machine that is judged, and its run.</summary>
    public sealed record Candidate(string Name, RunFolder Run, EnergyModel Model);
}
