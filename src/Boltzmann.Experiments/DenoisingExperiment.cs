using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// Binarised MNIST test digits with noise, cleaned by what machines know of clean ones: peak signal-to-noise ratio against the level of the
/// noise.
/// </summary>
sealed class DenoisingExperiment : Experiment
{
    const string Data = "binarized-mnist";
    const int Side = 28, Shown = 16;
    const uint NoiseStream = 0x6e6f6973, ChainStream = 0x636c6561;

    // A level that is shown in the picture, of each kind.
    static readonly (double Level, bool IsShown)[] deviations = [(0.2, false), (0.5, false), (1, true), (1.5, false)],
        flips = [(0.05, false), (0.1, false), (0.2, true), (0.3, false)];

    public override string Name => "denoising";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Dataset training = context.Data.Open(Data, new DataOptions());
        Dataset test = context.Data.Open(Data, new DataOptions { Split = DataSplit.Test });
        // The file is sorted by class.
        Matrix clean = test.Select(HalfDigitsExperiment.Spaced(context.Quick ? 50 : 480, test.Count)).ToMatrix(context.Placement);
        var chains = context.Quick ? new CompletionOptions { BurnIn = 10, Sweeps = 10 }
            : new CompletionOptions { BurnIn = 100, Sweeps = 300 };

        // A machine without weights: what each noisy pixel says of itself, and how often it is on.
        var alone = new Rbm(new BernoulliLayer(Side * Side, context.Placement), new BernoulliLayer(1, context.Placement));
        alone.Visible.SetFromMoments(training.Means(), [.. training.Statistics.Variances]);
        IReadOnlyList<HalfDigitsExperiment.Candidate> candidates = HalfDigitsExperiment.Candidates(context);
        (string Name, EnergyModel Model)[] models = [("pixels alone", alone), .. candidates.Select(c => (c.Name, c.Model))];

        var table = new TextTable(["noise", "noisy", .. models.Select(m => m.Name)]);
        var points = new List<ChartBar>();
        var lines = new List<Matrix> { clean };
        foreach (var (deviation, isShown) in deviations)
        {
            var noisy = clean.Like(clean.Rows, clean.Columns);
            noisy.SampleNormal(new Rng(context.Seed, NoiseStream));
            noisy.SetSum(clean, 1, noisy, deviation);
            Add($"normal, σ = {Text(deviation)}", noisy, isShown,
                model => Denoising.RemoveNormal(model, noisy, deviation, new Rng(context.Seed, ChainStream), chains, context.Interrupted));
        }
        foreach (var (share, isShown) in flips)
        {
            Matrix noisy = clean.Like(clean.Rows, clean.Columns), turned = clean.Like(clean.Rows, clean.Columns);
            // The square of bit − flip is the bit, turned over where flip is 1.
            turned.SampleUniform(new Rng(context.Seed, NoiseStream));
            turned.SetGreater(turned, Matrix.Row(1, 1 - share, context.Placement));
            noisy.SetSum(clean, 1, turned, -1);
            noisy.SetScaled(noisy, noisy);
            Add($"flips, {Text(100 * share)} %", noisy, isShown,
                model => Denoising.RemoveFlips(model, noisy, share, new Rng(context.Seed, ChainStream), chains, context.Interrupted));
        }
        context.Prose.Write(table.ToText());

        string name = context.Labelled(Name);
        int[] shown = HalfDigitsExperiment.Spaced(Shown, clean.Rows);
        context.WriteBytes($"{name}-digits.png", Png.Encode(ImageSheet.Grey([.. lines.SelectMany(m => shown.Select(m.ReadRow))],
            new ImageShape(Side, Side), layout: new SheetLayout { Columns = Shown })));
        context.WriteText($"{name}-ratios.svg", SvgChart.Bars(new ChartFrame("Peak signal-to-noise ratio by noise [dB]"), points));
        Write(context, new()
        {
            { "rows", $"{clean.Rows}" },
            { "sweeps", $"{chains.Sweeps}" },
            { "burn-in", $"{chains.BurnIn}" },
            { "table", table },
            { "models", string.Join(", ", models.Select(m => m.Name)) },
        });

        void Add(string what, Matrix noisy, bool isShown, Func<EnergyModel, Matrix> remove)
        {
            context.Say(what);
            if (isShown) lines.Add(noisy);
            var ratios = new List<double> { Ratio(noisy) };
            foreach (var (_, model) in models)
            {
                Matrix restored = remove(model);
                if (isShown) lines.Add(restored);
                ratios.Add(Ratio(restored));
            }
            table.Add([what, .. ratios.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture))]);
            for (int m = 0; m < models.Length; m++)
            {
                points.Add(new ChartBar($"{what}: {models[m].Name}", ratios[m + 1]));
                context.Found($"peak signal-to-noise ratio, {what}, {models[m].Name} [dB]", ratios[m + 1]);
            }
        }

        double Ratio(Matrix restored) => Restoration.PeakSignalToNoise(Restoration.SquaredError(clean, restored));

        static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
