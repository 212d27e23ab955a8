using System.Runtime.InteropServices;

namespace Boltzmann.Tests.Laws;

/// <summary>One model, many readers: whatever is asked of a machine by eight threads at once has the bits that one thread gets.</summary>
public class ThreadLaws
{
    const int Threads = 8, Repetitions = 6, Rows = 40;

    public static TheoryData<string> Machines =>
    [
        .. SmallModels.Kinds.Select(kind => $"rbm {kind}"), "rbm gaussian by relu", "classes", "classes of relu",
            "deep of gaussian learned - bernoulli - spin", "deep of counts - relu learned - bernoulli",
        "deep of bernoulli - bernoulli - spin + classes", "graph of joined spin - bernoulli", "graph of ring", "graph of semi-restricted",
            "graph of grid", "graph of edges and hidden", "graph of potts", "graph of potts and hidden", "stack",
    ];

    [Theory, MemberData(nameof(Machines))]
    public void Eight_threads_that_read_one_machine_get_the_bits_of_one(string name)
    {
        // Single precision on all cores, and rows enough that operations are divided among them.
        var (model, questions) = Questions(name);
        double[][] alone = [.. questions.Select(ask => ask())];
        Assert.All(alone, answer => Assert.NotEmpty(answer));
        Parallel(thread =>
        {
            for (int i = 0; i < Repetitions * questions.Length; i++)
            {
                // Threads begin at different questions, so that every two of them meet.
                int question = (i + thread) % questions.Length;
                Assert.True(Same(alone[question], questions[question]()), $"question {question} of {model}");
            }
        });
    }

    [Theory, InlineData("none"), InlineData("stochastic"), InlineData("threshold")]
    public void Eight_threads_that_binarise_by_one_rule_get_the_bits_of_one(string kind)
    {
        Binarization rule = kind == "none" ? Binarization.None : kind == "stochastic" ? Binarization.Stochastic : Binarization.Threshold();
        rule = rule.For([new SpinLayer(5), new BernoulliLayer(6)]);
        double[] Ask(Precision precision)
        {
            Matrix rows = Uniform(Rows, 11, precision);
            rule.Apply(rows, new Rng(3), rows.Like(rows.Rows, rows.Columns));
            return Values(rows);
        }
        double[][] alone = [Ask(Precision.Float32), Ask(Precision.Float64)];
        Parallel(thread =>
        {
            for (int i = 0; i < 200; i++)
                Assert.True(Same(alone[(i + thread) % 2], Ask((i + thread) % 2 == 0 ? Precision.Float32 : Precision.Float64)));
        });
    }

    static (object Model, Func<double[]>[] Questions) Questions(string name)
    {
        if (name == "stack")
        {
            Dbn stack = Dbn.OfLabelled(3, new GaussianLayer(6), new BernoulliLayer(5), new ReluLayer(4));
            stack.SetRandomWeights(0.3, new Rng(1));
            Matrix data = Uniform(Rows, 6);
            return (stack,
            [
                () => Values(stack.Transform(data)), () => Values(stack.SampleTransform(data, 2, new Rng(2))),
                    () => Values(stack.Reconstruct(data, 2)), () => Values(stack.PredictLogProbabilities(data)),
                () => Values(stack.Sample(Rows, 3, new Rng(3))), () => Values(stack.SampleClass(1, Rows, 2, new Rng(4))),
                    () => Values(stack.ProjectEffect(2)),
            ]);
        }
        EnergyModel exact = name switch
        {
            "rbm gaussian by relu" => SmallModels.Make("gaussian learned", "relu learned"),
            "classes" => SmallModels.MakeClassifier("gaussian", "bernoulli"),
            "classes of relu" => SmallModels.MakeClassifier("bernoulli", "relu"),
            _ when name.StartsWith("rbm ", StringComparison.Ordinal) => SmallModels.Make(name["rbm ".Length..],
                name.Contains("counts", StringComparison.Ordinal) ? "bernoulli" : name["rbm ".Length..]),
            _ => SmallModels.MakeGraph(name[(name.IndexOf(" of ", StringComparison.Ordinal) + " of ".Length)..]),
        };
        EnergyModel model = exact.Clone(Placement.Default);
        Matrix rows = RowsOf(model), unknown = rows.Like(1, rows.Columns);
        var questions = new List<Func<double[]>>
        {
            () => Energies(model, rows),
            () => Values(Swept(model, rows, temperature: 1)),
            () => Values(Swept(model, rows, temperature: 1.5)),
            () => Values(Inferred(model, rows)),
            () => [.. Reconstruction.SquaredError(model, rows).PerRow],
            () => [.. Reconstruction.CrossEntropy(model, rows).PerRow],
            () => [.. FreeEnergy.PerRow(model, rows).PerRow],
            () => [.. Elbo.PerRow(model, rows).PerRow],
            () => [AnnealedImportanceSampling.Estimate(model, new Annealing { Chains = 10, Betas = 20 }, new Rng(7)).Value],
            () => Values(Completion.EstimateMeans(model, rows, unknown, new Rng(8), new() { BurnIn = 2, Sweeps = 2 })),
            () => Values(Completion.MeanFieldMeans(model, rows, unknown)),
            () => [.. ChainDiagnostics.Follow(new TemperedChains(model, 5, new Rng(9), 3), 6, new Rng(10)).Statistics.Select(s => s.Mean)],
        };
        if (Exact.Reaches(model)) questions.Add(() => [.. Exact.LogLikelihood(model, rows).PerRow]);
        if (model.RowLayers.All(l => model.Layers[l].ColumnsPerUnit > 0))
            questions.Add(() => [.. PseudoLikelihood.PerRow(model, rows).PerRow]);
        if (model is Rbm rbm)
            questions.AddRange([() => Values(rbm.Transform(rows)), () => Values(rbm.Reconstruct(rows)), () => rbm.FreeEnergy(rows),
                () => rbm.HiddenFreeEnergy(rbm.Transform(rows)), () => rbm.Energy(rows, rbm.Transform(rows))]);
        if (model is ClassificationRbm classifier)
            questions.AddRange([() => Values(classifier.PredictLogProbabilities(rows)), () => Values(classifier.Transform(rows)),
                () => classifier.FreeEnergy(rows), () => classifier.FreeEnergy(rows, new int[Rows])]);
        if (model is Dbm deep)
        {
            questions.AddRange([() => Values(deep.Transform(rows)), () => Values(deep.Reconstruct(rows))]);
            if (deep.Labels is not null) questions.Add(() => Values(deep.PredictLogProbabilities(rows)));
        }
        return (model, [.. questions]);
    }

    static double[] Energies(EnergyModel model, Matrix rows)
    {
        State state = Inferred(model, rows);
        Matrix energies = rows.Like(rows.Rows, 1);
        model.AddEnergy(state, energies);
        return energies.ReadColumn(0);
    }

    static State Inferred(EnergyModel model, Matrix rows)
    {
        var state = new State(model, rows.Rows);
        model.SetRows(state, rows);
        new MeanField().Infer(model, state, FreeEnergy.Unknown(model));
        return state;
    }

    static State Swept(EnergyModel model, Matrix rows, double temperature)
    {
        State state = Inferred(model, rows);
        Gibbs.Sweep(model, state, 2, new Rng(5), temperature);
        return state;
    }

    // States that the units can take: a sweep of the machine itself.
    static Matrix RowsOf(EnergyModel model)
    {
        var state = new State(model, Rows);
        Gibbs.Start(model, state, new Rng(6));
        Gibbs.Sweep(model, state, 1, new Rng(7));
        return model.ReadRows(state);
    }

    static Matrix Uniform(int rows, int columns, Precision precision = Precision.Float32)
    {
        var matrix = new Matrix(rows, columns, Placement.Default with { Precision = precision });
        matrix.SampleUniform(new Rng(11));
        return matrix;
    }

    static double[] Values(Matrix matrix) => [.. matrix.ToArray().Cast<double>()];

    static double[] Values(State state) => [.. Enumerable.Range(0, state.Layers).SelectMany(l => Values(state[l]))];

    // By bits: NaN is NaN.
    static bool Same(double[] a, double[] b) =>
        MemoryMarshal.Cast<double, long>(a.AsSpan()).SequenceEqual(MemoryMarshal.Cast<double, long>(b.AsSpan()));

    static void Parallel(Action<int> work)
    {
        var failures = new List<Exception>();
        using var gate = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(t => new Thread(() =>
        {
            gate.SignalAndWait();
            try
            {
                work(t);
            }
            catch (Exception e)
            {
                lock (failures) failures.Add(e);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        if (failures.Count > 0) throw new AggregateException(failures);
    }
}
