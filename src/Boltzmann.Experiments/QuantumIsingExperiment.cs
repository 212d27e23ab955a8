using System.Diagnostics;
using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// The ground state of ten spins learned from measurements: ψ = √p of a machine beside the true state, which is known, and what samples of
/// the machine say of energy and correlations.
/// </summary>
sealed class QuantumIsingExperiment : Experiment
{
    const string Measured = "quantum-ising/samples.csv", State = "quantum-ising/psi.csv";
    const int HeldOutEvery = 10, SampleChains = 100;
    const uint SampleStream = 0x71756174;

    static readonly QuantumMachine[] machines =
    [
        new("all pairs, no hidden units, exact gradient", 0, 0, 20), new("RBM, 5 hidden units, exact gradient", 5, 0, 200),
        new("RBM, 10 hidden units, PCD-5", 10, 100, 200),
        new("all pairs, symmetric rows, exact gradient", 0, 0, 8) { IsSymmetric = true },
        new("RBM, 10 hidden units, symmetric rows, PCD-5", 10, 100, 60) { IsSymmetric = true },
    ];

    public override string Name => "quantum-ising";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Matrix rows = context.Data.Open(Find(context, Measured), new()).ToMatrix(context.Placement.Double);
        var chain = new SpinChain(context.Data.Open(Find(context, State), new()).ToMatrix(context.Placement.Double).ReadColumn(0));
        int[] numbers = SpinChain.Number(rows), training = new int[chain.Amplitudes.Count], held = new int[training.Length];
        for (int r = 0; r < numbers.Length; r++) (r % HeldOutEvery == 0 ? held : training)[numbers[r]]++;
        int[] all = [.. training.Zip(held, (a, b) => a + b)];
        ulong[] seeds = [.. Enumerable.Range(0, context.Quick ? 1 : 3).Select(i => context.Seed + (ulong)i)];

        var table = new TextTable("model", "fidelity", "log p of held-out rows [nats]", "epoch chosen",
            "fidelity, as many epochs of all rows", "energy ⟨H⟩", "time [s]");
        double entropy = SpinChain.Mean(chain.Probabilities(), s => -2 * Math.Log(chain.Amplitudes[s]));
        double truth = SpinChain.Mean(chain.Probabilities(), s => chain.LocalEnergy(chain.Probabilities(), s));
        double pairs = SpinChain.Mean(chain.Probabilities(), s => chain.Neighbours(s)) / (chain.Spins - 1);
        table.Add("the true state", "1", Text(SpinChain.Mean(Shares(held), s => 2 * Math.Log(chain.Amplitudes[s])), 4), "", "",
            Text(truth, 4), "");
        double[] shares = Shares(all), alone = Independent(training), aloneOfAll = Independent(all);
        table.Add("frequencies of all measurements", Text(chain.Fidelity(Shares(training)), 4), "", "", Text(chain.Fidelity(shares), 4),
            "", "");
        table.Add("independent spins", Text(chain.Fidelity(alone), 4), Text(SpinChain.Mean(Shares(held), s => Math.Log(alone[s])), 4), "",
            Text(chain.Fidelity(aloneOfAll), 4), Text(SpinChain.Mean(aloneOfAll, s => chain.LocalEnergy(aloneOfAll, s)), 4), "");
        Reference published = PublishedNumber("QuCumber");
        table.Add("QuCumber's tutorial (10 hidden units, CD-10, 500 epochs)", published.Cell, "", "", "", "", "");

        (QuantumMachine Machine, double Held, LearnedQuantum First)? chosen = null;
        LearnedQuantum? plain = null;
        Dataset whole = new("measurements", new MatrixRows(rows)), learned = whole.Select([.. Enumerable.Range(0, rows.Rows)
            .Where(r => r % HeldOutEvery > 0)]);
        foreach (QuantumMachine machine in machines)
        {
            context.Say(machine.Name);
            var clock = Stopwatch.StartNew();
            LearnedQuantum[] stopped = [.. seeds.Select(seed => machine.Learn(learned, held, null, context, seed))];
            double seconds = clock.Elapsed.TotalSeconds / seeds.Length;
            LearnedQuantum[] again = [.. seeds.Select((seed, i) => machine.Learn(whole, held, stopped[i].Epoch, context, seed))];
            Score fidelity = Of(stopped, l => chain.Fidelity(l.Probabilities)), of = Of(again, l => chain.Fidelity(l.Probabilities)),
                score = Of(stopped, l => l.Held),
                energy = Of(again, l => SpinChain.Mean(l.Probabilities, s => chain.LocalEnergy(l.Probabilities, s)));
            table.Add(machine.Name, Text(fidelity), Text(score), string.Join(", ", stopped.Select(l => l.Epoch)), Text(of), Text(energy),
                Text(seconds, 1));
            context.Found($"fidelity, {machine.Name}", fidelity.Mean, machine.Hidden > 0 ? published.Number : null);
            context.Found($"fidelity, {machine.Name}, all rows", of.Mean, machine.Hidden > 0 ? published.Number : null);
            if (machine == machines[0]) plain = again[0];
            if (chosen is null || score.Mean > chosen.Value.Held) chosen = (machine, score.Mean, again[0]);
        }
        context.Prose.Write(table.ToText());
        TextTable samples = Samples(context, chain, chosen!.Value.First, truth, pairs);
        context.Prose.Write(samples.ToText());
        context.WriteText($"{context.Labelled(Name)}-amplitudes.svg", SvgChart.Scatter(
            new ChartFrame("Amplitudes of the 1,024 states") { XTitle = "true ψ", YTitle = "√p", LogX = true, LogY = true },
            new ChartSeries("frequencies", Points(chain, shares)),
            new ChartSeries("all pairs", Points(chain, plain!.Probabilities)),
            new ChartSeries(chosen.Value.Machine.Name, Points(chain, chosen.Value.First.Probabilities))));
        Write(context, new()
        {
            { "rows", $"{rows.Rows:N0}" },
            { "spins", $"{chain.Spins}" },
            { "states", $"{chain.Amplitudes.Count:N0}" },
            { "seen", $"{all.Count(n => n > 0)}" },
            { "every", $"{HeldOutEvery}" },
            { "entropy", Text(entropy, 4) },
            { "seeds", $"{seeds.Length}" },
            { "table", table },
            { "chosen", chosen.Value.Machine.Name },
            { "samples", samples },
            { "memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}" },
        });
    }

    // Means over Gibbs chains of the machine, with errors from their autocorrelation times.
    static TextTable Samples(ExperimentContext context, SpinChain chain, LearnedQuantum learned, double truth, double pairs)
    {
        int sweeps = context.Quick ? 20 : 1000, burnIn = context.Quick ? 10 : 500;
        var rng = new Rng(context.Seed, SampleStream);
        var state = new State(learned.Model, SampleChains);
        state[0].SampleUniform(rng);
        state[0].SetGreater(state[0], Matrix.Row(chain.Spins, 0.5, learned.Model.Placement));
        double[] p = learned.Probabilities, local = [.. Enumerable.Range(0, p.Length).Select(s => chain.LocalEnergy(p, s))];
        double[][] energies = Series(), zz = Series();
        for (int s = -burnIn; s < sweeps; s++)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            Gibbs.Sweep(learned.Model, state, rng);
            if (s < 0) continue;
            int[] numbers = SpinChain.Number(state[0]);
            for (int c = 0; c < numbers.Length; c++)
            {
                energies[c][s] = local[numbers[c]];
                zz[c][s] = (double)chain.Neighbours(numbers[c]) / (chain.Spins - 1);
            }
        }
        var table = new TextTable("of samples", "the true state", "the machine, summed", "its samples", "autocorrelation time [sweeps]",
            "samples from the truth [standard errors]");
        Add("energy ⟨H⟩", truth, s => local[s], energies);
        Add("⟨zz⟩ of neighbours", pairs, s => (double)chain.Neighbours(s) / (chain.Spins - 1), zz);
        return table;

        double[][] Series() => [.. Enumerable.Range(0, SampleChains).Select(_ => new double[sweeps])];

        void Add(string what, double exact, Func<int, double> of, double[][] series)
        {
            Score all = new([.. series.SelectMany(x => x)]);
            AutocorrelationTime time = ChainSeries.IntegratedTime(series);
            double error = all.StandardError * Math.Sqrt(time.Value);
            table.Add(what, Text(exact, 4), Text(SpinChain.Mean(p, of), 4), $"{Text(all.Mean, 4)} ± {Text(error, 4)}", Text(time.Value, 1),
                Text((all.Mean - exact) / error, 1));
            context.Found($"{what} of samples", all.Mean);
        }
    }

    static ChartPoint[] Points(SpinChain chain, double[] p) =>
        [.. p.Select((x, s) => new ChartPoint(chain.Amplitudes[s], Math.Sqrt(x))).Where(point => point.Y > 0)];

    static double[] Shares(int[] counts) => Array.ConvertAll(counts, n => (double)n / counts.Sum());

    static double[] Independent(int[] counts)
    {
        double[] shares = Shares(counts), p = new double[counts.Length];
        int spins = System.Numerics.BitOperations.Log2((uint)counts.Length);
        double[] up = [.. Enumerable.Range(0, spins).Select(n => SpinChain.Mean(shares, s => (s >> n) & 1))];
        for (int s = 0; s < p.Length; s++)
        {
            p[s] = 1;
            for (int n = 0; n < spins; n++) p[s] *= ((s >> n) & 1) == 1 ? up[n] : 1 - up[n];
        }
        return p;
    }

    static Score Of(LearnedQuantum[] all, Func<LearnedQuantum, double> of) => new([.. all.Select(of)]);

    static string Text(Score score) => score.PerRow.Count < 2 ? Text(score.Mean, 4)
        : $"{Text(score.Mean, 4)} ± {Text(score.StandardError, 4)}";

    static string Text(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    static string Find(ExperimentContext context, string file) => context.Data.FindFile(file)
        ?? throw new BadInputException($"{file} is not there: put QuCumber's measurements of ten spins (samples.csv, psi.csv) "
            + "into quantum-ising in a folder that --data-folder or BOLTZMANN_DATA names");
}
