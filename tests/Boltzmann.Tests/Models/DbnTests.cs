namespace Boltzmann.Tests.Models;

/// <summary>Stacks of machines: what they pass up and down, and what they draw.</summary>
public sealed class DbnTests : IDisposable
{
    static readonly Placement wide = Placement.Default.Double;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path1 => folder["dbn.safetensors"];

    static Dbn Make(params Layer[] layers)
    {
        Dbn model = Dbn.Of(layers);
        var rng = new Rng(3);
        foreach (Parameter parameter in model.Parameters)
            if (!parameter.IsPositive) parameter.Value.SampleNormal(rng);
        return model;
    }

    static Dbn Tiny() => Make(new BernoulliLayer(3, wide), new BernoulliLayer(4, wide), new BernoulliLayer(2, wide));

    static Matrix Rows(int rows, int columns, ulong seed = 4)
    {
        var data = new Matrix(rows, columns, wide);
        data.SampleUniform(new Rng(seed));
        return data;
    }

    [Fact]
    public void A_stack_of_one_machine_is_that_machine()
    {
        Rbm machine = ModelFileTests.Random(new GaussianLayer(5, 0.5, placement: wide), new ReluLayer(4, 2, placement: wide));
        var model = new Dbn([machine]);
        Matrix data = Rows(7, 5), up = machine.Transform(data);
        Assert.Equal(up.ToArray(), model.Transform(data).ToArray());
        Assert.Equal(machine.Reconstruct(data).ToArray(), model.Reconstruct(data, 1).ToArray());
        Matrix drawn = up.Like(7, 4);
        machine.SampleHidden(data, drawn, new Rng(1));
        Assert.Equal(drawn.ToArray(), model.SampleTransform(data, 1, new Rng(1)).ToArray());
        Assert.Equal(machine.Weights.ToArray(), model.ProjectWeights(1).ToArray());

        // Its chains are Gibbs sampling of the machine.
        State chains = model.Chains(7, new Rng(2)), same = model.Chains(7, new Rng(2));
        Gibbs.Sweep(machine, chains, 5, new Rng(6));
        Gibbs.Sweep(model.Top, same, 5, new Rng(6));
        Assert.Equal(chains[0].ToArray(), model.Show(same, new Rng(7), Descent.States).ToArray());
    }

    [Fact]
    public void The_way_up_is_that_of_each_machine_in_turn_and_the_way_down_too()
    {
        Dbn model = Make(new SpinLayer(6, wide), new MultinomialLayer(6, 3, placement: wide), new ReluLayer(5, placement: wide),
            new GaussianLayer(4, placement: wide));
        Matrix data = Rows(9, 6);
        Matrix[] up = [data, model.Machines[0].Transform(data), null!, null!];
        for (int l = 2; l <= 3; l++) up[l] = model.Machines[l - 1].Transform(up[l - 1]);
        for (int l = 0; l <= 3; l++) Assert.Equal(up[l].ToArray(), model.Transform(data, l).ToArray());
        Assert.Equal(data.ToArray(), model.Reconstruct(data, 0).ToArray());
        Matrix down = up[3];
        for (int l = 2; l >= 0; l--)
        {
            Matrix below = down.Like(9, model.Layers[l].Units);
            model.Machines[l].SetVisibleMean(down, below);
            down = below;
        }
        Assert.Equal(down.ToArray(), model.Generate(up[3], 3).ToArray());
        Assert.Equal(down.ToArray(), model.Reconstruct(data, 3).ToArray());
    }

    [Fact]
    public void A_way_up_untied_leaves_the_way_down_alone()
    {
        Dbn model = Tiny();
        Matrix data = Rows(5, 3);
        double[,] up = model.Transform(data).ToArray(), down = model.Generate(Rows(5, 2), 2).ToArray();
        model.Untie();
        Assert.Equal(up, model.Transform(data).ToArray());
        model.RecognitionWeights(1).Fill(0.25);
        model.Machines[0].Hidden.Bias.Fill(0.5);
        Assert.NotEqual(up, model.Transform(data).ToArray());
        Assert.Equal(down, model.Generate(Rows(5, 2), 2).ToArray());
        Assert.Equal(model.Transform(data).ToArray(), model.Clone().Transform(data).ToArray());
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_saved_stack_comes_back_to_the_bit(bool untied)
    {
        Dbn model = Make(new GaussianLayer(4, 0.5), new BernoulliLayer(5), new ReluLayer(3), new MultinomialLayer(6, 3));
        if (untied)
        {
            model.Untie();
            model.RecognitionWeights(1).SampleNormal(new Rng(8));
            model.RecognitionWeights(2).SampleNormal(new Rng(9));
        }
        ModelFile.Save(Path1, model);
        Dbn read = ModelFile.LoadDbn(Path1);
        Assert.Equal(untied, !read.IsTied);
        Assert.Equal(model.Parameters.Select(p => p.Name), read.Parameters.Select(p => p.Name));
        foreach (var (a, b) in model.Parameters.Zip(read.Parameters)) Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
        Matrix data = new(8, 4);
        data.SampleNormal(new Rng(5));
        Assert.Equal(model.Transform(data).ToArray(), read.Transform(data).ToArray());
        Assert.Equal(model.Sample(6, 3, new Rng(2)).ToArray(), read.Sample(6, 3, new Rng(2)).ToArray());
    }

    [Fact]
    public void Ways_up_of_some_layers_alone_are_refused()
    {
        Dbn model = Make(new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(2), new BernoulliLayer(2));
        var writer = new SafetensorsWriter();
        ModelFile.Add(writer, model, null);
        writer.Add("recognition.0-1", new Matrix(4, 3));
        writer.Write(Path1);
        Assert.Contains("no tensor 'recognition.1-2'", Assert.Throws<BadInputException>(() => ModelFile.LoadDbn(Path1)).Message);
    }

    [Fact]
    public void An_rbm_is_no_stack_and_a_stack_no_rbm()
    {
        ModelFile.Save(Path1, Tiny());
        Assert.Contains("holds a dbn; expected an rbm", Assert.Throws<BadInputException>(() => ModelFile.LoadRbm(Path1)).Message);
        ModelFile.Save(Path1, Tiny().Top);
        Assert.Contains("holds an rbm; expected a dbn", Assert.Throws<BadInputException>(() => ModelFile.LoadDbn(Path1)).Message);
    }

    [Fact]
    public void Machines_that_do_not_fit_are_refused_with_both_sides()
    {
        static Rbm Machine(Layer visible, Layer hidden) => new(visible, hidden);
        ArgumentException e = Assert.Throws<ArgumentException>(() => new Dbn([Machine(new BernoulliLayer(4), new BernoulliLayer(3)),
            Machine(new BernoulliLayer(2), new BernoulliLayer(3))]));
        Assert.Contains("machine 0 ends in 3 bernoulli units, but machine 1 begins with 2 bernoulli units", e.Message);
        Assert.Throws<ArgumentException>(() => new Dbn([Machine(new BernoulliLayer(4), new BernoulliLayer(3)),
            Machine(new SpinLayer(3), new BernoulliLayer(3))]));
        Assert.Throws<ArgumentException>(() => new Dbn([Machine(new BernoulliLayer(4), new BernoulliLayer(3)),
            Machine(new BernoulliLayer(3, wide), new BernoulliLayer(3, wide))]));
        Assert.Throws<ArgumentException>(() => new Dbn([]));
        Assert.Throws<ArgumentException>(() => Dbn.Of(new BernoulliLayer(4)));
        Assert.Contains("layer 3 is not one of 0 to 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => Tiny().Transform(Rows(2, 3), 3)).Message);
        Assert.Contains("layer 0 has 3 units, but the rows have 4 columns",
            Assert.Throws<ArgumentException>(() => Tiny().Transform(Rows(2, 4))).Message);
        Assert.Throws<ArgumentException>(() => Tiny().Generate(Rows(2, 3), 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tiny().SampleTransform(Rows(2, 3), 1, new Rng(), passes: 0));
    }

    [Fact]
    public void The_mean_of_passes_is_the_mean_of_states()
    {
        Dbn model = Tiny();
        Matrix data = Rows(6, 3), sum = data.Like(6, 2);
        var rng = new Rng(7);
        for (int p = 0; p < 4; p++) sum.SetSum(sum, 1, model.SampleTransform(data, 2, rng));
        sum.SetSum(sum, 0.25);
        Assert.Equal(sum.ToArray(), model.SampleTransform(data, 2, new Rng(7), 4).ToArray());
    }

    [Fact]
    public void Features_of_a_data_set_are_those_of_its_rows_whatever_the_batch()
    {
        // More rows than go up at once, and a part that is not full.
        Dbn model = Tiny().Clone(Placement.Default);
        var data = new Dataset("d", new MatrixRows(Rows(5000, 3).Clone(Precision.Float32)))
        {
            Labels = [.. Enumerable.Range(0, 5000)],
            RowWeights = [.. Enumerable.Range(0, 5000).Select(i => 1.0 + i)]
        };
        Dataset features = model.Transform(data, 2);
        Assert.Equal((5000, 2), (features.Count, features.Columns));
        Assert.Equal(data.Labels, features.Labels);
        Assert.Equal(data.RowWeights, features.RowWeights);
        // Single precision, and sums of three and four terms in [0, 1): the order of addition may differ with the batch.
        Assert.Equal(model.Transform(data.ToMatrix()).ToArray().Cast<double>(), features.ToMatrix().ToArray().Cast<double>(),
            (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Same(data, model.Transform(data, 0));
    }

    [Fact]
    public void A_unit_stands_for_the_product_of_weights_and_evokes_the_means_below_it()
    {
        Dbn model = Tiny();
        double[,] w0 = model.Machines[0].Weights.ToArray(), w1 = model.Machines[1].Weights.ToArray(),
            product = model.ProjectWeights(2).ToArray(), evoked = model.ProjectActivity(2).ToArray();
        for (int v = 0; v < 3; v++)
            for (int u = 0; u < 2; u++) Assert.Equal(Enumerable.Range(0, 4).Sum(h => w0[v, h] * w1[h, u]), product[v, u], 1e-13);
        Matrix alone = Matrix.From(new double[,] { { 1, 0 }, { 0, 1 } }, wide);
        Assert.Equal(model.Generate(alone, 2).ToArray(), evoked);
        double[,] off = model.Generate(new Matrix(1, 2, wide), 2).ToArray(), effect = model.ProjectEffect(2).ToArray();
        for (int v = 0; v < 3; v++)
            for (int u = 0; u < 2; u++) Assert.Equal(evoked[u, v] - off[0, v], effect[v, u], 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ProjectActivity(0));
    }

    [Theory, InlineData(Descent.States), InlineData(Descent.VisibleMeans)]
    public void Draws_have_the_distribution_of_the_model(Descent descent)
    {
        // p(v) = Σ_h p_top(h)·∏ p(v_i | h), by enumeration. Weights of size 1 on 6 units of the top pair are forgotten within some ten
        // sweeps; there are 200. States: χ² of 8 cells, 7 degrees of freedom, above 47 with probability 5.6e-8. Means: the mean of each of
        // 3 units within 6 errors of at most ½/√N, false alarms below 6e-9.
        const int Draws = 40_000;
        Dbn model = Tiny();
        double[] expected = Visible(model);
        double[,] drawn = model.Sample(Draws, 200, new Rng(11), descent).ToArray();
        if (descent == Descent.States)
        {
            var counts = new double[8];
            for (int r = 0; r < Draws; r++) counts[(int)(drawn[r, 0] + 2 * drawn[r, 1] + 4 * drawn[r, 2])]++;
            Assert.InRange(counts.Zip(expected, (n, p) => (n - Draws * p) * (n - Draws * p) / (Draws * p)).Sum(), 0, 47);
        }
        else
            for (int i = 0; i < 3; i++)
                Assert.Equal(expected.Where((_, s) => (s >> i & 1) == 1).Sum(), Enumerable.Range(0, Draws).Average(r => drawn[r, i]),
                    3 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Chains_may_begin_at_data_and_forget_them()
    {
        Dbn model = Tiny();
        Matrix data = Rows(4, 3);
        data.SetGreater(data, Matrix.Row(1, 0.5, wide));
        // Without a sweep, a draw comes straight from the row's own states of the middle layer.
        Matrix middle = model.SampleTransform(data, 1, new Rng(5));
        Assert.Equal(middle.ToArray(), model.ChainsFrom(data, new Rng(5))[0].ToArray());
        // As above, N = 20 000, all from one row: χ² above 47 with probability 5.6e-8.
        const int Draws = 20_000;
        Matrix many = new(Draws, 3, wide);
        many.Fill(1);
        double[,] drawn = model.SampleFrom(many, 200, new Rng(12), Descent.States).ToArray();
        var counts = new double[8];
        for (int r = 0; r < Draws; r++) counts[(int)(drawn[r, 0] + 2 * drawn[r, 1] + 4 * drawn[r, 2])]++;
        Assert.InRange(counts.Zip(Visible(model), (n, p) => (n - Draws * p) * (n - Draws * p) / (Draws * p)).Sum(), 0, 47);
    }

    static double[] Visible(Dbn model)
    {
        var expected = new double[8];
        double[] weights = new double[16];
        double[,] w = model.Top.Weights.ToArray(), below = model.Machines[0].Weights.ToArray();
        double[] b = model.Layers[1].Bias.ReadRow(0), c = model.Layers[2].Bias.ReadRow(0), a = model.Layers[0].Bias.ReadRow(0);
        for (int h = 0; h < 16; h++)
        {
            double[] bits = [.. Enumerable.Range(0, 4).Select(i => (double)(h >> i & 1))];
            weights[h] = Math.Exp(Enumerable.Range(0, 4).Sum(i => b[i] * bits[i]));
            for (int j = 0; j < 2; j++) weights[h] *= 1 + Math.Exp(c[j] + Enumerable.Range(0, 4).Sum(i => bits[i] * w[i, j]));
        }
        double z = weights.Sum();
        for (int h = 0; h < 16; h++)
            for (int v = 0; v < 8; v++)
            {
                double p = weights[h] / z;
                for (int i = 0; i < 3; i++)
                {
                    double on = 1 / (1 + Math.Exp(-a[i] - Enumerable.Range(0, 4).Sum(k => (h >> k & 1) * below[i, k])));
                    p *= (v >> i & 1) == 1 ? on : 1 - on;
                }
                expected[v] += p;
            }
        return expected;
    }
}
