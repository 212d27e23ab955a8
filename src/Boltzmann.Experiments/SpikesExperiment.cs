using System.Diagnostics;
using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>Fifty neurons: how probable the bins of a recording are by machines with and without hidden units, and how many fire at
/// once.</summary>
sealed class SpikesExperiment : Experiment
{
    const string Recording = "spike-trains/spikes50.npz";
    const int Learned = 20_000, HeldOut = 2_000, MostAtOnce = 15, Groups = 8;

    // A few bins of the test part.
    const double LeastShown = 1e-4;

    static readonly SpikeMachine[] machines =
    [
        new("RBM, 20 hidden units", 20, 120), new("RBM, 50 hidden units", 50, 120), new("pairwise machine, no hidden units", 0, 50),
    ];

    public override string Name => "spikes";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Dataset all = context.Data.Open(Find(context), new() { ArrayName = "spikes" });
        Dataset training = all.Take(Learned), test = all.Take(all.Count - Learned, Learned),
            held = training.Take(HeldOut, Learned - HeldOut), before = training.Take(Learned - HeldOut);
        Matrix testRows = test.ToMatrix(context.Placement.Double);
        ulong[] seeds = [.. Enumerable.Range(0, context.Quick ? 1 : 2).Select(i => context.Seed + (ulong)i)];
        var kept = new Measurements(Path.Combine(context.Runs, $"{context.Labelled(Name)}-measured"),
            $"{string.Join(", ", machines.AsEnumerable())}; seeds {string.Join(' ', seeds)}");

        var table = new TextTable("model", "test log-likelihood [nats a bin]", "by reverse AIS", "exact, first seed", "held-out bins",
            "epoch chosen", "time to learn [s]");
        var alone = new BernoulliLayer(all.Columns, context.Placement.Double);
        double[] rates = training.Means();
        Score independent = IndependentColumns.LogLikelihood([alone], training.Statistics, training.Count, testRows);
        table.Add("independent neurons", Text(independent.Mean, 4), "", Text(independent.Mean, 4), "", "", "");
        context.Found("test log-likelihood, independent neurons [nats]", independent.Mean);

        var counted = new List<(string Name, double[] Shares)>
        {
            ("test bins", SpikeCounts.Of(testRows)),
            ("training bins", SpikeCounts.Of(training.ToMatrix(context.Placement))),
            ("independent", SpikeCounts.Independent(rates)),
        };
        (SpikeMachine Machine, double Held)? chosen = null;
        foreach (SpikeMachine machine in machines)
        {
            double[][] found = [.. seeds.Select(seed => kept.Once($"{machine.Name}, {seed}", () =>
                Measure(context, machine, before, held, training, testRows, seed)))];
            Score forward = Of(found, 0), reverse = Of(found, 1), heldOut = Of(found, 3);
            bool isExact = machine.Hidden is > 0 and <= 20;
            table.Add(machine.Name, Text(forward), Text(reverse), isExact ? Text(found[0][2], 4) : "", Text(heldOut),
                string.Join(", ", found.Select(f => Text(f[4], 0))), Text(Of(found, 5).Mean, 0));
            counted.Add((machine.Name, found[0][6..]));
            context.Found($"test log-likelihood, {machine.Name} [nats]", forward.Mean);
            context.Found($"test log-likelihood by reverse AIS, {machine.Name} [nats]", reverse.Mean);
            if (machine.Hidden > 0 && (chosen is null || heldOut.Mean > chosen.Value.Held)) chosen = (machine, heldOut.Mean);
        }
        context.Prose.Write(table.ToText());

        SpikeMachine best = chosen!.Value.Machine;
        var counts = new TextTable(["neurons at once", .. counted.Select(c => c.Name)]);
        for (int k = 0; k <= MostAtOnce; k++)
            counts.Add([$"{k}", .. counted.Select(c => Text(c.Shares[k], 5))]);
        counts.Add([$"more than {MostAtOnce}", .. counted.Select(c => Text(c.Shares[(MostAtOnce + 1)..].Sum(), 5))]);
        counts.Add([$"furthest from test bins, 0 to {MostAtOnce}",
            .. counted.Select(c => $"{Text(100 * Furthest(c.Shares, counted[0].Shares), 1)} %")]);
        context.Prose.Write(counts.ToText());
        counts.Add([$"furthest from training bins, 0 to {MostAtOnce}",
            .. counted.Select(c => $"{Text(100 * Furthest(c.Shares, counted[1].Shares), 1)} %")]);
        context.Prose.Write(counts.ToText());
        foreach (var (name, shares) in counted)
            context.Found($"P(K) up to {MostAtOnce}, furthest from test bins, {name} [share]", Furthest(shares, counted[0].Shares));
        string label = context.Labelled(Name);
        context.WriteText($"{label}-counts.svg", SvgChart.Line(
            new ChartFrame("Neurons that fire in one bin") { XTitle = "K", YTitle = "P(K)", LogY = true },
            [.. counted.Where(c => c.Name is not "training bins" && (c.Name == best.Name
                || !c.Name.StartsWith("RBM", StringComparison.Ordinal)))
                .Select(c => new ChartSeries(c.Name, [.. c.Shares.Select((y, k) => new ChartPoint(k, y)).Where(p => p.Y > LeastShown)]))]));

        Rbm shown = ModelFile.LoadRbm(ModelPath(context, best, seeds[0]), context.Placement);
        TextTable groups = GroupsOf(shown, out Matrix picture);
        context.Prose.Write(groups.ToText());
        context.WriteBytes($"{label}-weights.png", Png.Encode(ImageSheet.HeatMap(picture, signed: true)));
        Write(context, new()
        {
            { "neurons", $"{all.Columns}" },
            { "training-bins", $"{training.Count:N0}" },
            { "test-bins", $"{test.Count:N0}" },
            { "held-bins", $"{held.Count:N0}" },
            { "seeds", $"{seeds.Length}" },
            { "ways", Likelihoods.Ways(context, 5000) },
            { "table", table },
            { "best", best.Name },
            { "counts", counts },
            { "groups", groups },
            { "memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}" },
        });
    }

    // Forward, reverse, exact log-likelihood of the test bins; held-out bins; epoch; seconds; then P(K).
    static double[] Measure(ExperimentContext context, SpikeMachine machine, Dataset before, Dataset held, Dataset training, Matrix test,
        ulong seed)
    {
        context.Say($"{machine.Name}, seed {seed}");
        LearnedSpikes first = machine.Learn(before, held, null, context, seed);
        LearnedSpikes learned = machine.Learn(training, null, first.Epoch, context, seed);
        EnergyModel model = learned.Model.Clone(context.Placement.Double);
        ModelFile.Save(ModelPath(context, machine, seed), (IModel)learned.Model);
        LogPartitionBracket bracket = Likelihoods.Estimate(model, training, 5000, context, 1000);
        double forward = FreeEnergy.LogLikelihood(model, test, bracket.Forward.Value).Mean;
        double exact = machine.Hidden is > 0 and <= 20 ? Exact.LogLikelihood(model, test, context.Interrupted).Mean : double.NaN;
        return [forward, forward - bracket.Gap, exact, first.Held, first.Epoch, learned.Seconds,
            .. SpikeCounts.Of(learned.Model, training, context)];
    }

    static string ModelPath(ExperimentContext context, SpikeMachine machine, ulong seed) => Path.Combine(context.Runs,
        $"{context.Labelled("spikes")}-measured", $"{machine.Hidden}-{seed}.safetensors");

    // Hidden units by the length of their weights, each with the neurons that it makes fire together.
    static TextTable GroupsOf(Rbm model, out Matrix picture)
    {
        int neurons = model.Weights.Rows;
        double[][] columns = [.. Enumerable.Range(0, model.Weights.Columns).Select(model.Weights.ReadColumn)];
        int[] units = [.. Enumerable.Range(0, columns.Length).OrderByDescending(j => columns[j].Sum(w => w * w))];
        int[] strongest = [.. Enumerable.Range(0, neurons).Select(n => Enumerable.Range(0, units.Length)
            .MaxBy(j => Math.Abs(columns[units[j]][n])))];
        int[] order = [.. Enumerable.Range(0, neurons).OrderBy(n => strongest[n]).ThenByDescending(n => columns[units[strongest[n]]][n])];
        picture = model.Weights.Part([.. order], [.. units]);
        var table = new TextTable("hidden unit, by the length of its weights", "makes fire", "keeps silent");
        foreach (var (place, j) in units.Take(Groups).Index())
            table.Add($"{place + 1}", Named(n => columns[j][n] > columns[j].Max() / 2), Named(n => columns[j][n] < columns[j].Min() / 2));
        return table;

        string Named(Func<int, bool> isIn) => string.Join(", ", Enumerable.Range(0, neurons).Where(isIn).Select(n =>
            $"{n}"));
    }

    static double Furthest(double[] shares, double[] truth) =>
        Enumerable.Range(0, MostAtOnce + 1).Max(k => Math.Abs(shares[k] / truth[k] - 1));

    static Score Of(double[][] found, int index) => new([.. found.Select(f => f[index])]);

    static string Text(Score score) => score.PerRow.Count < 2 ? Text(score.Mean, 4)
        : $"{Text(score.Mean, 4)} ± {Text(score.StandardError, 4)}";

    static string Text(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    static string Find(ExperimentContext context) => context.Data.FindFile(Recording)
        ?? throw new BadInputException($"{Recording} is not there: put the spikes of fifty neurons of the maximum entropy toolbox "
            + "(spikes50.npz) into spike-trains in a folder that --data-folder or BOLTZMANN_DATA names");
}
