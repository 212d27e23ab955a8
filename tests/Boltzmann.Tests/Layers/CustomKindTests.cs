using Boltzmann.Tests.Cli;
using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Layers;

/// <summary>A unit kind that the library does not know, <see cref="GreyLayer"/>, goes through every public entry.</summary>
public sealed class CustomKindTests : IDisposable
{
    const double Tilt = 0.75;

    static readonly Placement wide = Placement.Default.Double;
    readonly TemporaryFolder folder = new();

    public CustomKindTests() => LayerKinds.Register(GreyLayer.Registration);

    public void Dispose() => folder.Dispose();

    static GreyLayer Grey(int units) => new(units, Tilt, wide);

    static BernoulliLayer Bits(int units) => new(units, wide);

    public static TheoryData<string> Models => ["rbm", "grey hidden", "dbn", "dbm", "graph", "classification-rbm"];

    static IModel Make(string kind)
    {
        IModel model = kind switch
        {
            "rbm" => new Rbm(Grey(4), Bits(3)),
            "grey hidden" => new Rbm(Bits(4), Grey(3)),
            "dbn" => Dbn.Of([Grey(4), Grey(3), Bits(2)]),
            "dbm" => new Dbm(Grey(4), Bits(3), Grey(2)),
            "graph" => new LayeredModel([Grey(4), Bits(2), Bits(3)], [(0, 2), (1, 2)], [0, 1]),
            _ => new ClassificationRbm(Grey(4), Bits(3), 3),
        };
        var rng = new Rng(5);
        foreach (Parameter parameter in model.Parameters)
            for (int r = 0; r < parameter.Value.Rows; r++)
                for (int c = 0; c < parameter.Value.Columns; c++) parameter.Value[r, c] = 2 * rng.NextUniform() - 1;
        return model;
    }

    static Rbm Machine(string kind = "rbm") => (Rbm)Make(kind);

    static Dataset Data(int rows, int columns = 4)
    {
        // Two grey patterns and noise.
        var draw = new Rng(3).NextDraw();
        var values = new double[rows, columns];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++) values[r, c] = 0.2 * Philox.Uniform(draw, r, c) + ((r + c) % 2 == 0 ? 0.8 : 0);
        return Teaching.Rows(values);
    }

    static IModel Load(string path, string kind) => kind switch
    {
        "dbn" => ModelFile.LoadDbn(path),
        "dbm" => ModelFile.LoadDbm(path),
        "graph" => ModelFile.LoadLayered(path),
        "classification-rbm" => ModelFile.LoadClassificationRbm(path),
        _ => ModelFile.LoadRbm(path),
    };

    [Theory, MemberData(nameof(Models))]
    public void Its_machines_come_back_from_files_with_their_fields(string kind)
    {
        IModel model = Make(kind);
        ModelFile.Save(folder["m"], model);
        Assert.Contains("""{"units":"grey","size":""", ModelFile.Describe(folder["m"]).ToJson());
        IModel read = Load(folder["m"], kind);
        foreach (var (saved, found) in model.Parameters.Zip(read.Parameters)) Assert.Equal(saved.Value.ToArray(), found.Value.ToArray());
        Assert.Equal(model.Description.Layers, read.Description.Layers);
        Assert.Equal(Tilt, read.Description.Layers.First(layer => layer.Units == "grey").Number("tilt"));
    }

    [Theory, InlineData("100.5", "layer 0 has a tilt beyond 100"), InlineData("\"1\"", "has a tilt that is not a number")]
    public void Its_own_check_of_a_description_is_heeded(string tilt, string message)
    {
        File.WriteAllBytes(folder["m"], ForeignModel.Safetensors($$"""{"format": 1, "model": "rbm", "layers": [{"units": "grey", "size": 2, "tilt": {{tilt}}}, {"units": "spin", "size": 1}]}""",
            [("layers.0.bias", [2], [0, 0]), ("layers.1.bias", [1], [0]), ("weights.0-1", [2, 1], [0, 0])]));
        Assert.Contains(message, Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(folder["m"])).Message);
    }

    [Theory, InlineData("cd"), InlineData("pcd"), InlineData("fpcd"), InlineData("pt"), InlineData("mp"), InlineData("exact")]
    public void Every_estimator_teaches_it_and_a_run_goes_on_to_the_same_bits(string name)
    {
        Trainer Start(Rbm machine) => new(machine, Estimator(name), new Sgd(), new TrainerOptions { BatchSize = 10, LearningRate = 0.1 });
        Rbm untrained = Untrained();
        Dataset data = Data(40);
        Trainer whole = Start((Rbm)untrained.Clone());
        whole.Learn(data, 20);
        Trainer first = Start((Rbm)untrained.Clone());
        first.Learn(data, 7);
        Checkpoint.Save(folder["c"], (Rbm)first.Model, first.Snapshot());
        Trainer second = Start(Untrained());
        second.Restore(Checkpoint.Load(folder["c"], (Rbm)second.Model));
        second.Learn(data, 20);
        ModelFileTests.AssertSame((Rbm)whole.Model, (Rbm)second.Model);
        Matrix rows = data.ToMatrix(wide);
        if (name == "mp") Assert.True(Reconstruction.SquaredError(whole.Model, rows).Mean < Reconstruction.SquaredError(untrained,
            rows).Mean);
        else Assert.True(Exact.LogLikelihood(whole.Model, rows).Mean > Exact.LogLikelihood(untrained, rows).Mean + 0.1);

        static Rbm Untrained()
        {
            var machine = new Rbm(Grey(4), Bits(3));
            machine.SetRandomWeights(0.1, new Rng(2));
            return machine;
        }
    }

    static IGradientEstimator Estimator(string name) => name switch
    {
        "cd" => new ContrastiveDivergence(sampleVisible: true),
        "pcd" => new PersistentContrastiveDivergence(20),
        "fpcd" => new PersistentContrastiveDivergence(20, fastLearningRate: 0.05),
        "pt" => new ParallelTempering(3, 20),
        "mp" => new MultiPrediction(),
        _ => new ExactGradient(),
    };

    [Fact]
    public void Pseudo_likelihood_refuses_it_by_name()
    {
        Rbm model = Machine();
        Assert.Contains("these are 4 grey", PseudoLikelihoodGradient.Complaint(model));
        Assert.Contains("these are 4 grey", Assert.Throws<BadInputException>(() =>
            PseudoLikelihood.PerRow(model, Data(3).ToMatrix(wide))).Message);
    }

    [Fact]
    public void Its_partition_function_is_that_of_quadrature_and_annealing_finds_it()
    {
        // One grey unit: ∫₀¹ Σ_h e^{−E(x, h)} dx, by Simpson's rule on the free energy, whose error is below 1e-10 here.
        var model = new Rbm(Grey(1), Bits(3));
        foreach (Parameter parameter in model.Parameters) parameter.Value.Fill(0.8);
        const int Steps = 1000;
        double sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double x = (double)i / Steps, weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp((0.8 + Tilt) * x) * Math.Pow(1 + Math.Exp(0.8 + 0.8 * x), 3);
        }
        double expected = Math.Log(sum / (3 * Steps));
        Assert.Equal(expected, Exact.LogPartition(model), 1e-9);
        LogPartitionEstimate ais = AnnealedImportanceSampling.Estimate(model, new Annealing { Chains = 200, Betas = 200 }, new Rng(1));
        Assert.InRange(expected, ais.Lower, ais.Upper);
        // −F(x) − log Z integrates to 1: the free energy agrees with the sum.
        var rows = new Matrix(1, 1, wide);
        rows.Fill(0.3);
        Assert.Equal((0.8 + Tilt) * 0.3 + 3 * Math.Log(1 + Math.Exp(0.8 + 0.8 * 0.3)), -FreeEnergy.PerRow(model, rows).Mean, 1e-12);
    }

    [Theory, InlineData("rbm"), InlineData("grey hidden")]
    public void Its_exact_gradient_is_the_slope_of_the_likelihood(string kind)
    {
        Rbm model = Machine(kind);
        Matrix rows = kind == "rbm" ? Data(3).ToMatrix(wide) : Teaching.RandomBits(3, 4).ToMatrix(wide);
        AssertSlope(model, new ExactGradient(), rows, () => Exact.LogLikelihood(model, rows).Mean);
    }

    [Theory, InlineData("rbm"), InlineData("grey hidden")]
    public void The_slope_of_its_mean_carries_multi_prediction(string kind)
    {
        // Of a layer of this kind log q is known as a whole alone: everything is missing.
        Rbm model = Machine(kind);
        Matrix rows = kind == "rbm" ? Data(3).ToMatrix(wide) : Teaching.RandomBits(3, 4).ToMatrix(wide);
        var estimator = new MultiPrediction(3, missing: 1);
        AssertSlope(model, estimator, rows, () => estimator.Objective(model, State(model, rows), new Rng(9)) / rows.Rows);
    }

    [Fact]
    public void Its_mean_is_the_slope_of_its_log_normaliser_and_its_variance_that_of_its_mean()
    {
        GreyLayer unit = Grey(1);
        Matrix input = new(1, 1, wide), mean = new(1, 1, wide), variance = new(1, 1, wide);
        const double Step = 1e-4;
        foreach (double a in (double[])[-50, -3, -0.2, -Tilt, 0, 0.5, 3, 50])
        {
            double Log(double at)
            {
                var value = new Matrix(1, 1, wide);
                unit.AddLogNormalizer(Matrix.Row(1, at, wide), value);
                return value[0, 0];
            }
            double Mean(double at)
            {
                unit.SetMean(Matrix.Row(1, at, wide), mean);
                return mean[0, 0];
            }
            input.Fill(a);
            unit.SetVariance(input, variance);
            Assert.Equal((Log(a + Step) - Log(a - Step)) / (2 * Step), Mean(a), 1e-8);
            Assert.Equal((Mean(a + Step) - Mean(a - Step)) / (2 * Step), variance[0, 0], 1e-8);
        }
    }

    [Fact]
    public void Chains_mean_fields_and_completions_stay_in_its_range_and_agree()
    {
        Rbm model = Machine();
        // E[x] by chains and by exact samples: 20 000 of each, values in [0, 1], five standard errors of their difference.
        const int Rows = 20_000;
        State chains = Exact.Sample(model, Rows, new Rng(1));
        double[] before = Means(chains[0]);
        for (int sweep = 0; sweep < 5; sweep++) Gibbs.Sweep(model, chains, new Rng((ulong)sweep + 2));
        double[] after = Means(chains[0]);
        for (int c = 0; c < 4; c++) Assert.Equal(before[c], after[c], 5 * 0.29 * Math.Sqrt(2.0 / Rows));
        Summary range = chains[0].Summarize();
        Assert.True(range.Minimum >= 0 && range.Maximum <= 1);

        Matrix given = Data(5).ToMatrix(wide), known = Matrix.From(new double[,] { { 1, 1, 0, 0 } }, wide);
        foreach (Matrix completed in (Matrix[])[Completion.EstimateMeans(model, given, known, new Rng(3)),
            Completion.Sample(model, given, known, new Rng(4)), Completion.MeanFieldMeans(model, given, known)])
        {
            for (int r = 0; r < 5; r++) Assert.Equal(given.ReadRow(r)[..2], completed.ReadRow(r)[..2]);
            Assert.True(completed.Summarize() is { Minimum: >= 0, Maximum: <= 1 });
        }
        var deep = (Dbm)Make("dbm");
        var state = new State(deep, 5);
        deep.SetRows(state, given);
        new MeanField(200, 1e-10).Infer(deep, state);
        Matrix inputs = state[2].Like(5, 2), means = state[2].Like(5, 2);
        deep.SetInputs(state, 2, inputs);
        deep.Layers[2].SetMean(inputs, means);
        for (int r = 0; r < 5; r++) Assert.Equal(means.ReadRow(r), state[2].ReadRow(r), (x, y) => Math.Abs(x - y) < 1e-8);
    }

    [Fact]
    public void What_its_potential_has_no_place_for_is_refused_by_its_name()
    {
        Rbm model = Machine();
        Matrix rows = Data(2).ToMatrix(wide);
        Assert.Contains("not from grey", Assert.Throws<ArgumentException>(() =>
            Denoising.RemoveNormal(model, rows, 0.1, new Rng(1))).Message);
        Assert.Contains("not in grey", Assert.Throws<ArgumentException>(() => Denoising.RemoveFlips(model, rows, 0.1, new Rng(1))).Message);
        Assert.Contains("the mean of grey units", Assert.Throws<BadInputException>(() =>
            Network.From([Machine("grey hidden")], 2, Head.Parse("softmax"), new Rng(1))).Message);
        Assert.Contains("only bernoulli, spin and one-hot", Assert.Throws<ArgumentException>(() => new BoltzmannMachine(Grey(3))).Message);
        Matrix part = Matrix.From(new double[,] { { 1, 0, 1, 1 } }, wide);
        Assert.Contains("two-valued units", Assert.Throws<ArgumentException>(() =>
            ConditionalLikelihood.Estimate(model, rows, part, new Annealing(), new Rng(1))).Message);
        Assert.Contains("4 grey units are continuous", Exact.Complaint(new Rbm(Grey(4), Grey(3))));
        Assert.Contains("column 2: 1.5 is outside 0..1 that grey units allow", Grey(2).Complaint([0, 1.5]));
    }

    [Fact]
    public void Its_pictures_reach_from_its_least_to_its_greatest_value()
    {
        Assert.Equal(TileRange.Fixed(0, 1), TileRange.Of([Grey(4), Grey(2)]));
        Assert.Equal(TileRange.PerTile(), TileRange.Of([Grey(4), new GaussianLayer(2)]));
        Assert.Equal(TileRange.PerTile(), TileRange.Of([Grey(4), new SpinLayer(2)]));
    }

    [Fact]
    public void A_described_graph_takes_it_with_its_fields_and_no_others()
    {
        const string Text = """{"layers": [{"name": "v", "units": "grey", "size": 4, "tilt": 0.75, "visible": true}, {"name": "h", "units": "bernoulli", "size": 3}], "connections": [["v", "h"]]}""";
        GraphDescription graph = GraphDescription.Parse(System.Text.Encoding.UTF8.GetBytes(Text), "g");
        Assert.Equal(Tilt, Assert.IsType<GreyLayer>(LayeredModel.From(graph).Layers[0]).Tilt);
        Assert.Equal(graph.Layers, GraphDescription.Parse(System.Text.Encoding.UTF8.GetBytes(graph.ToJson().ToJsonString()), "g").Layers);
        string wrong = Text.Replace("\"bernoulli\", \"size\": 3", "\"bernoulli\", \"size\": 3, \"tilt\": 1");
        Assert.Contains("unknown entry 'tilt'", Assert.Throws<BadInputException>(() =>
            GraphDescription.Parse(System.Text.Encoding.UTF8.GetBytes(wrong), "g")).Message);
    }

    [Fact]
    public void The_commands_train_evaluate_draw_and_resume_it()
    {
        File.WriteAllBytes(folder["rows.npy"],
            NpyBytes.Of([.. Enumerable.Range(0, 40).Select(r => Data(40, 9).ToMatrix(wide).ReadRow(r))]));
        string[] train = ["train", "rbm", "--visible-units", "grey", "--data", folder["rows.npy"], "--hidden", "3", "--quiet"];
        CommandLine.Succeed([.. train, "--epochs", "4", "--out", folder["whole"]]);
        CommandLine.Succeed([.. train, "--epochs", "2", "--out", folder["half"], "--learning-rate-end", "0.005"]);
        CommandLine.Succeed("train", "rbm", "--resume", folder["half"], "--epochs", "4", "--quiet");
        Assert.Equal("grey", CommandLine.Succeed("inspect", folder["whole"], "--json").Json["layers"]![0]!["units"]!.GetValue<string>());
        var judged = CommandLine.Succeed("evaluate", folder["whole"], "--data", folder["rows.npy"], "--metrics", "log-partition",
            "log-likelihood", "--json").Json;
        Assert.Equal("exact", judged["log_partition"]!["method"]!.GetValue<string>());
        Assert.True(File.Exists(Path.Combine(folder["whole"], "report.html")));
        CommandLine.Succeed("sample", folder["whole"], "--count", "4", "--out", folder["samples.npy"]);
        File.WriteAllText(folder["graph.json"], """{"layers": [{"name": "v", "units": "grey", "size": 9, "tilt": 0.5, "visible": true}, {"name": "h", "units": "grey", "size": 3}], "connections": [["v", "h"]]}""");
        CommandLine.Succeed("train", "graph", folder["graph.json"], "--data", folder["rows.npy"], "--epochs", "2", "--out", folder["graph"],
            "--quiet");
        File.WriteAllBytes(folder["bad.npy"], NpyBytes.Of([[0, 0, 0, 0, 0, 0, 0, 0, 1.5]]));
        CommandLine.Run("evaluate", folder["whole"], "--data", folder["bad.npy"]).IsRefused("outside 0..1 that grey units allow");
    }

    static double[] Means(Matrix states)
    {
        var sums = new Matrix(1, states.Columns, states.Placement);
        sums.SetColumnSums(states, scale: 1.0 / states.Rows);
        return sums.ReadRow(0);
    }

    static State State(EnergyModel model, Matrix rows)
    {
        var state = new State(model, rows.Rows);
        model.SetRows(state, rows);
        return state;
    }

    // Central differences: an error of order step², and rounding of 1e-16·20/step.
    static void AssertSlope(Rbm model, IGradientEstimator estimator, Matrix rows, Func<double> objective)
    {
        var gradient = new Gradient(model);
        estimator.Prepare(model, new Dictionary<string, int>());
        estimator.Estimate(model, new Batch(State(model, rows)), gradient, new Rng(9));
        const double Step = 1e-5;
        for (int p = 0; p < model.Parameters.Count; p++)
        {
            Matrix value = model.Parameters[p].Value;
            double[,] analytic = gradient.ToDense(p).ToArray();
            for (int r = 0; r < value.Rows; r++)
                for (int c = 0; c < value.Columns; c++)
                {
                    double at = value[r, c];
                    value[r, c] = at + Step;
                    double above = objective();
                    value[r, c] = at - Step;
                    double below = objective();
                    value[r, c] = at;
                    Assert.Equal((above - below) / (2 * Step), analytic[r, c], 2e-9);
                }
        }
    }
}
