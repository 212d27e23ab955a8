using System.Diagnostics;
using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// The two-dimensional Ising model sampled by Gibbs chains of the machine that it is, beside exact numbers of finite lattices; and RBMs
/// that learned from samples.
/// </summary>
sealed class IsingExperiment : Experiment
{
    const int Rows = 20_000, Epochs = 60;

    static readonly double[] temperatures = [1.8, 2.27, 3];

    public override string Name => "ising";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        var kept = new Measurements(Path.Combine(context.Runs, $"{context.Labelled(Name)}-measured"),
            $"{Rows} rows, {Epochs} epochs, seed {context.Seed}");
        var sampled = Table("autocorrelation time of energy, |m| [sweeps]", "sweeps of each chain");
        var learned = Table("by", "time to learn [s]");
        var points = new List<(int Side, ChartPoint Point)>();
        double furthest = 0;
        int compared = 0;
        foreach (int side in context.Quick ? [4] : (int[])[4, 8, 16, 32])
            foreach (double temperature in temperatures)
            {
                var lattice = new IsingLattice(side, temperature);
                context.Say($"{side} × {side}, T = {Text(temperature, 2)}");
                var chains = new IsingChains(lattice, context);
                string place = $"{side}, {temperature}";
                var numbers = IsingNumbers.From(kept.Once(place, () =>
                    chains.Follow(lattice.Machine(context.Placement), context.Seed).ToNumbers()));
                Add(sampled, lattice, numbers, $"{Text(numbers.Energy.Time.Value, 1)}, {Text(numbers.Magnetisation.Time.Value, 1)}"
                    + (numbers.IsClosed ? "" : " (at least)"), $"{numbers.Sweeps:N0}");
                double[] off = [Errors(numbers.Energy, lattice.Energy), Errors(numbers.SpecificHeat, lattice.SpecificHeat)];
                foreach (double errors in off)
                {
                    furthest = Math.Max(furthest, Math.Abs(errors));
                    compared++;
                }
                context.Found($"energy a spin, {side} × {side}, T = {Text(temperature, 2)}", numbers.Energy.Mean, lattice.Energy);
                context.Found($"specific heat a spin, {side} × {side}, T = {Text(temperature, 2)}", numbers.SpecificHeat.Mean,
                    lattice.SpecificHeat);
                points.Add((side, new(temperature, numbers.SpecificHeat.Mean, numbers.SpecificHeat.Mean
                    - 2 * numbers.SpecificHeat.StandardError, numbers.SpecificHeat.Mean + 2 * numbers.SpecificHeat.StandardError)));
                if (side > 8) continue;
                double[] again = kept.Once($"{place}, learned", () =>
                {
                    var own = Stopwatch.StartNew();
                    Rbm machine = Learn(lattice, context, numbers.SlowestTime);
                    double seconds = own.Elapsed.TotalSeconds;
                    return [.. chains.Follow(machine, context.Seed + 1).ToNumbers(), seconds];
                });
                var of = IsingNumbers.From(again);
                Add(learned, lattice, of, $"RBM, {lattice.Spins} hidden units", Text(again[^1], 0));
                context.Found($"energy a spin by an RBM, {side} × {side}, T = {Text(temperature, 2)}", of.Energy.Mean, lattice.Energy);
            }
        context.Prose.Write(sampled.ToText());
        context.Prose.Write(learned.ToText());
        double[] shown = [.. Enumerable.Range(0, 61).Select(i => 1.5 + i * 0.03)];
        ChartSeries[] exact = [.. points.Select(p => p.Side).Distinct().Select(side => new ChartSeries($"{side} × {side}, exact",
            [.. shown.Select(t => new ChartPoint(t, new IsingLattice(side, t).SpecificHeat))]))];
        context.WriteText($"{context.Labelled(Name)}-heat.svg", SvgChart.Line(
            new ChartFrame("Specific heat a spin") { XTitle = "T", YTitle = "C", FromZero = true }, [.. exact,
                // Gaps keep points of different lattices apart.
                new ChartSeries("samples", [.. points.SelectMany(p => (ChartPoint[])[p.Point, new(p.Point.X, double.NaN)])])]));
        Write(context, new()
        {
            { "critical", Text(IsingLattice.CriticalTemperature, 4) },
            { "sampled", sampled },
            { "compared", $"{compared}" },
            { "furthest", Text(furthest, 1) },
            { "rows", $"{Rows:N0}" },
            { "epochs", $"{Epochs}" },
            { "learned", learned },
            { "memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}" },
        });
    }

    static TextTable Table(params string[] more) => new(["lattice", "T", "energy a spin, exact", "samples", "specific heat, exact",
        "samples", "⟨|m|⟩, summed (4 × 4) or of the infinite lattice", "samples", .. more]);

    static void Add(TextTable table, IsingLattice lattice, IsingNumbers numbers, params string[] more) =>
        table.Add([$"{lattice.Side} × {lattice.Side}", Text(lattice.Temperature, 2), Text(lattice.Energy, 4), Text(numbers.Energy),
            Text(lattice.SpecificHeat, 4), Text(numbers.SpecificHeat), lattice.Side == 4 ? Text(Magnetisation(lattice), 4)
                : $"{Text(lattice.InfiniteMagnetisation, 4)} (infinite)", Text(numbers.Magnetisation), .. more]);

    // Learns from samples of the lattice's chains, two autocorrelation times apart.
    static Rbm Learn(IsingLattice lattice, ExperimentContext context, double time)
    {
        const int Chains = 200;
        BoltzmannMachine source = lattice.Machine(context.Placement);
        var rng = new Rng(context.Seed + 2);
        var state = new State(source, Chains);
        int count = context.Quick ? 400 : Rows, apart = context.Quick ? 1 : (int)Math.Ceiling(2 * time);
        source.Layers[0].Sample(new Matrix(Chains, lattice.Spins, context.Placement), state[0], rng);
        var rows = new Matrix(count, lattice.Spins, context.Placement);
        for (int s = 0; s < 20 * apart; s++) Gibbs.Sweep(source, state, rng);
        for (int first = 0; first < count; first += Chains)
        {
            context.Interrupted.ThrowIfCancellationRequested();
            for (int s = 0; s < apart; s++) Gibbs.Sweep(source, state, rng);
            rows.RowRange(first, Chains).SetCopy(state[0]);
        }
        var model = new Rbm(new SpinLayer(lattice.Spins, context.Placement), new SpinLayer(lattice.Spins, context.Placement));
        model.SetRandomWeights(0.01, rng);
        int epochs = context.Quick ? 2 : Epochs;
        var trainer = new Trainer(model, new PersistentContrastiveDivergence(Chains, 5), new Sgd(), new()
        {
            LearningRate = Schedule.Geometric(0.05, 0.0005, epochs),
            L2 = 0,
        }, context.Seed);
        foreach (TrainingProgress _ in trainer.Run(new("lattices", new MatrixRows(rows)), epochs))
            context.Interrupted.ThrowIfCancellationRequested();
        return model;
    }

    // ⟨|m|⟩ by a sum over all states.
    static double Magnetisation(IsingLattice lattice)
    {
        BoltzmannMachine machine = lattice.Machine(Placement.Default.Double);
        double[] p = Exact.StateProbabilities(machine, 0);
        var states = new Matrix(p.Length, lattice.Spins, machine.Placement);
        machine.Layers[0].SetStates(0, states);
        var sums = new Matrix(p.Length, 1, machine.Placement);
        sums.AddRowSums(states, null, 1.0 / lattice.Spins);
        return sums.ReadColumn(0).Zip(p, (m, share) => Math.Abs(m) * share).Sum();
    }

    static double Errors(ChainStatistic found, double exact) => (found.Mean - exact) / found.StandardError;

    static string Text(ChainStatistic of) => $"{Text(of.Mean, 4)} ± {Text(of.StandardError, 4)}";

    static string Text(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
