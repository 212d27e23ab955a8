using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>
/// How good estimated gradients are: machines of three shapes on 3 × 3 bars and stripes, small enough to sum over all their states. Each
/// estimator's gradient is set beside the exact one at the same parameters, and each learns from the same start for as many updates.
/// </summary>
sealed class ExactGradientExperiment : Experiment
{
    const int Side = 3, Chains = 100, Temperatures = 10;
    const uint EstimateStream = 0x62796578;

    public override string Name => "bm-exact";

    public override void Run(ExperimentContext context)
    {
        if (context.AsPublished) throw new BadInputException($"{Name} has no quirks to keep: run it without --as-published");
        Placement placement = context.Placement.Double;
        Dataset data = BarsAndStripes.All(Side);
        Matrix rows = data.ToMatrix(placement);
        int updates = context.Quick ? 40 : 3000, warm = context.Quick ? 20 : 300, draws = context.Quick ? 20 : 400;
        ulong[] seeds = context.Quick ? [context.Seed] : [context.Seed, context.Seed + 1, context.Seed + 2];

        var gradients = new TextTable("machine", "estimator", "cosine of one estimate", $"cosine of the mean of {draws}",
            "relative error of one", "of the mean");
        var learned = new TextTable("machine", "learning by", "log-likelihood [nats]", "below the exact gradient's [nats]",
            "below the ceiling [nats]", "time [s]");
        var deep = new List<(double Cosine, double Error)>();
        foreach (Shape shape in Shapes(placement))
        {
            context.Say($"{shape.Name}: gradients");
            EnergyModel model = Start(shape, data, context.Seed);
            Learn(model, new ExactGradient(), data, warm, warm, context);
            double[] exact = GradientOf(model, new ExactGradient(), rows, 1, context.Seed).Mean;
            foreach (Method method in shape.Methods)
            {
                context.Interrupted.ThrowIfCancellationRequested();
                var (one, mean) = GradientOf(model, method.Make(), rows, draws, context.Seed, exact);
                gradients.Add(shape.Name, method.Name, Text(one.Cosine, 3), Text(Cosine(mean, exact), 4), Text(one.Error, 2),
                    Text(Error(mean, exact), 3));
                if (model is Dbm) deep.Add((Cosine(mean, exact), Error(mean, exact)));
                context.Found($"cosine of the mean estimate, {shape.Name}, {method.Name}", Cosine(mean, exact));
            }

            double best = double.NaN;
            foreach (Method method in (Method[])[new("exact gradient", () => new ExactGradient()), .. shape.Methods])
            {
                context.Say($"{shape.Name}: {method.Name}");
                var clock = System.Diagnostics.Stopwatch.StartNew();
                Score reached = new([.. seeds.Select(seed =>
                {
                    EnergyModel machine = Start(shape, data, seed);
                    Learn(machine, method.Make(), data, updates, updates, context, seed);
                    return Exact.LogLikelihood(machine, rows).Mean;
                })]);
                if (double.IsNaN(best)) best = reached.Mean;
                double spread = seeds.Length > 1 ? reached.StandardError * Math.Sqrt(seeds.Length) : 0;
                learned.Add(shape.Name, method.Name, $"{Text(reached.Mean, 3)} ± {Text(spread, 3)}", Text(best - reached.Mean, 3),
                    Text(-data.Entropy - reached.Mean, 3), Text(clock.Elapsed.TotalSeconds / seeds.Length, 1));
                context.Found($"log-likelihood, {shape.Name}, {method.Name} [nats]", reached.Mean, -data.Entropy);
            }
        }

        context.Prose.Write(gradients.ToText());
        context.Prose.WriteLine();
        context.Prose.Write(learned.ToText());
        Write(context, new()
        {
            { "patterns", $"{data.Count}" },
            { "side", $"{Side}" },
            { "ceiling", Text(-data.Entropy, 3) },
            { "warm", $"{warm}" },
            { "chains", $"{Chains}" },
            { "draws", $"{draws}" },
            { "gradients", gradients },
            { "deep-errors", Range(deep.Select(d => d.Error)) },
            { "deep-cosines", Range(deep.Select(d => d.Cosine)) },
            { "updates", $"{updates}" },
            { "seeds", $"{seeds.Length}" },
            { "learned", learned },
            { "machine", Machine.Describe(placement) },
        });
    }

    static IEnumerable<Shape> Shapes(Placement placement)
    {
        const int Pixels = Side * Side;
        Method pcd = new("PCD-1", () => new PersistentContrastiveDivergence(Chains)),
            ten = new("PCD-10", () => new PersistentContrastiveDivergence(Chains, steps: 10));
        Method tempered = new($"parallel tempering, {Temperatures} temperatures", () => new ParallelTempering(Temperatures, Chains));
        Method[] chains = [pcd, ten, tempered];
        // Hidden units that are joined to each other cannot be summed out for it.
        Method pseudo = new("pseudo-likelihood", () => new PseudoLikelihoodGradient());
        yield return new("9 visible units, fully connected", () => new BoltzmannMachine(new BernoulliLayer(Pixels, placement)),
            [pseudo, .. chains]);
        yield return new("9 visible and 5 hidden units, fully connected",
            () => new BoltzmannMachine(new BernoulliLayer(Pixels, placement), new BernoulliLayer(5, placement)), chains);
        yield return new("RBM 9-8", () => new Rbm(new BernoulliLayer(Pixels, placement), new BernoulliLayer(8, placement)),
            [pseudo, new("CD-1", () => new ContrastiveDivergence(1)), new("CD-10", () => new ContrastiveDivergence(10)), .. chains]);
        yield return new("DBM 9-6-6", () => new Dbm(new BernoulliLayer(Pixels, placement), new BernoulliLayer(6, placement),
            new BernoulliLayer(6, placement)), chains);
    }

    static EnergyModel Start(Shape shape, Dataset data, ulong seed)
    {
        EnergyModel model = shape.Make();
        model.SetRandomWeights(0.1, new Rng(seed));
        model.Layers[0].SetFromMoments(data.Statistics.Means, data.Statistics.Variances);
        return model;
    }

    static void Learn(EnergyModel model, IGradientEstimator estimator, Dataset data, int updates, int schedule, ExperimentContext context,
        ulong seed = Rng.DefaultSeed)
    {
        var options = new TrainerOptions
        {
            BatchSize = data.Count,
            LearningRate = Schedule.Linear(0.2, 0.002, schedule),
            Momentum = 0,
            L2 = 0
        };
        foreach (TrainingProgress _ in new Trainer(model, estimator, new Sgd(), options, seed).Run(data, updates))
            context.Interrupted.ThrowIfCancellationRequested();
    }

    // Of several estimates at the same parameters: the mean cosine and error of single ones, and the mean vector. The first tenth brings
    // chains to the model.
    static ((double Cosine, double Error) One, double[] Mean) GradientOf(EnergyModel model, IGradientEstimator estimator, Matrix rows,
        int draws, ulong seed, double[]? exact = null)
    {
        var gradient = new Gradient(model);
        var state = new State(model, rows.Rows);
        var rng = new Rng(seed, EstimateStream);
        double[]? sum = null;
        double cosine = 0, error = 0;
        int discarded = draws / 10;
        for (int d = -discarded; d < draws; d++)
        {
            gradient.Clear();
            state[0].SetCopy(rows);
            estimator.Estimate(model, new Batch(state), gradient, rng);
            if (d < 0) continue;
            double[] vector = Flat(model, gradient);
            sum ??= new double[vector.Length];
            for (int i = 0; i < sum.Length; i++) sum[i] += vector[i] / draws;
            if (exact is null) continue;
            cosine += Cosine(vector, exact) / draws;
            error += Error(vector, exact) / draws;
        }
        return ((cosine, error), sum!);
    }

    // Of weights within a layer each pair once.
    static double[] Flat(EnergyModel model, Gradient gradient)
    {
        var all = new List<double>();
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            double[,] dense = gradient.ToDense(p).ToArray();
            bool isWithin = model.Interactions.Any(i => i is Within && ReferenceEquals(i.Parameters[0].Value, model.Parameters[p].Value));
            for (int i = 0; i < dense.GetLength(0); i++)
                for (int j = isWithin ? i + 1 : 0; j < dense.GetLength(1); j++) all.Add(dense[i, j]);
        }
        return [.. all];
    }

    static double Cosine(double[] a, double[] b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b));

    static double Error(double[] a, double[] exact)
    {
        double[] difference = [.. a.Zip(exact, (x, y) => x - y)];
        return Math.Sqrt(Dot(difference, difference) / Dot(exact, exact));
    }

    static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    static string Range(IEnumerable<double> values)
    {
        string least = Text(values.Min(), 2), most = Text(values.Max(), 2);
        return least == most ? least : $"{least} to {most}";
    }

    static string Text(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    sealed record Shape(string Name, Func<EnergyModel> Make, IReadOnlyList<Method> Methods);

    sealed record Method(string Name, Func<IGradientEstimator> Make);
}
