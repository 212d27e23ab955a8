namespace Boltzmann.Tests.Laws;

/// <summary>
/// What the likelihood of a deep belief network, its bound and the gradients of wake and sleep must be, on networks small enough to
/// enumerate.
/// </summary>
public class DbnLaws
{
    const double Tolerance = 1e-9;

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "bernoulli", "bernoulli", "bernoulli" }, { "spin", "one-hot", "bernoulli" }, { "one-hot", "spin", "counts" },
            { "bernoulli", "counts", "relu" }, { "counts", "bernoulli", "gaussian learned" },
    };

    // Three machines of four layers; the ways up and down apart.
    static Dbn Make(string visible, string inner, string top, int? classes = null)
    {
        Layer[] layers = [SmallModels.Make(visible, "bernoulli").Visible, SmallModels.Make(inner, "bernoulli").Visible,
            SmallModels.Make(inner, "spin").Visible, SmallModels.Make("bernoulli", top).Hidden];
        Dbn model = classes is int k ? Dbn.OfLabelled(k, layers) : Dbn.Of(layers);
        model.Untie();
        var rng = new Rng(31);
        foreach (Parameter p in model.Parameters)
            for (int r = 0; r < p.Value.Rows; r++)
                for (int c = 0; c < p.Value.Columns; c++)
                {
                    double u = rng.NextUniform();
                    p.Value[r, c] = p.IsPositive ? 0.8 + 0.7 * u : p.IsWeight ? 1.6 * u - 0.8 : 1.2 * u - 0.6;
                }
        return model;
    }

    static Matrix AllStates(Layer layer)
    {
        var states = new Matrix((int)layer.StateCount!.Value, layer.Units, SmallModels.Double);
        layer.SetStates(0, states);
        return states;
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Probabilities_of_all_rows_add_up_to_one(string visible, string inner, string top)
    {
        Dbn model = Make(visible, inner, top), labelled = Make(visible, inner, top, classes: 3);
        Matrix rows = AllStates(model.Visible);
        Assert.Equal(1, DbnLikelihood.ExactLogLikelihood(model, rows).PerRow.Sum(Math.Exp), Tolerance);
        Assert.Equal(1, DbnLikelihood.ExactLogLikelihood(labelled, rows).PerRow.Sum(Math.Exp), Tolerance);
    }

    [Fact]
    public void The_exact_value_is_the_sum_over_every_path_down()
    {
        // Written out for Bernoulli units: p(v) = Σ_{a,b,c} p(v|a)·p(a|b)·p_top(b, c).
        Dbn model = Make("bernoulli", "bernoulli", "bernoulli");
        double[][,] w = [.. model.Machines.Select(m => m.Weights.ToArray())];
        double[][] bias = [.. model.Layers.Select(l => l.Bias.ReadRow(0))];
        double[][][] states = [.. model.Layers.Select(l => { Matrix all = AllStates(l); return Enumerable.Range(0,
            all.Rows).Select(r => all.ReadRow(r)).ToArray(); })];
        double z = 0;
        foreach (double[] b in states[2])
            foreach (double[] c in states[3]) z += Weight(b, c);
        double[] exact = [.. DbnLikelihood.ExactLogLikelihood(model, AllStates(model.Visible)).PerRow];
        for (int s = 0; s < states[0].Length; s++)
        {
            double p = 0;
            foreach (double[] a in states[1])
                foreach (double[] b in states[2])
                    foreach (double[] c in states[3]) p += Given(0, states[0][s], a) * Given(1, a, b) * Weight(b, c) / z;
            Assert.Equal(Math.Log(p), exact[s], Tolerance);
        }

        double Weight(double[] b, double[] c)
        {
            double e = b.Zip(bias[2]).Sum(x => x.First * x.Second) + c.Zip(bias[3]).Sum(x => x.First * x.Second);
            for (int i = 0; i < b.Length; i++)
                for (int j = 0; j < c.Length; j++) e += b[i] * w[2][i, j] * c[j];
            return Math.Exp(e);
        }

        double Given(int l, double[] x, double[] above)
        {
            double p = 1;
            for (int i = 0; i < x.Length; i++)
            {
                double on = 1 / (1 + Math.Exp(-bias[l][i] - above.Select((h, j) => h * w[l][i, j]).Sum()));
                p *= x[i] == 1 ? on : 1 - on;
            }
            return p;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void The_bound_is_never_above_the_exact_value_and_its_estimate_agrees_with_it(string visible, string inner, string top)
    {
        // Six standard errors of the draws: a false-alarm rate of 2e-9 a case, below 1e-7 for all.
        foreach (int? classes in new int?[] { null, 3 })
        {
            Dbn model = Make(visible, inner, top, classes);
            Matrix rows = AllStates(model.Visible);
            Score exact = DbnLikelihood.ExactLogLikelihood(model, rows), bound = DbnLikelihood.ExactBound(model, rows);
            for (int r = 0; r < rows.Rows; r++)
                Assert.True(bound.PerRow[r] <= exact.PerRow[r] + Tolerance, $"bound {bound.PerRow[r]}, exact {exact.PerRow[r]}");
            Assert.True(bound.Mean < exact.Mean - 1e-3, "the bound is tight, so the test says nothing");
            DbnBound estimate = DbnLikelihood.EstimateBound(model, rows, Exact.LogPartition(model.TopModel), 2000, new Rng(4));
            Assert.InRange((estimate.PerRow.Mean - bound.Mean) / estimate.SamplingError, -6, 6);
        }
    }

    [Theory, InlineData("bernoulli", "bernoulli"), InlineData("spin", "counts"), InlineData("gaussian", "bernoulli"),
        InlineData("one-hot", "spin")]
    public void A_second_machine_that_mirrors_the_first_leaves_likelihood_and_bound_as_they_are(string visible, string hidden)
    {
        // Then the prior of layer 1 is that of the first machine, q is its true posterior, and the bound touches (Hinton, Osindero and Teh
        // 2006, section 4).
        Rbm first = SmallModels.Make(visible, hidden);
        var second = new Rbm(first.Hidden.Clone(), first.Visible.Clone());
        for (int i = 0; i < first.Visible.Units; i++)
            for (int j = 0; j < first.Hidden.Units; j++) second.Weights[j, i] = first.Weights[i, j];
        var model = new Dbn([first, second]);
        Matrix rows = first.Visible.StateCount is null ? Exact.Sample(first, 5, new Rng(2))[0] : AllStates(first.Visible);
        double[] expected = [.. Exact.LogLikelihood(first, rows).PerRow];
        Assert.Equal(expected, DbnLikelihood.ExactLogLikelihood(model, rows).PerRow, (a, b) => Math.Abs(a - b) < Tolerance);
        Assert.Equal(expected, DbnLikelihood.ExactBound(model, rows).PerRow, (a, b) => Math.Abs(a - b) < Tolerance);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Wake_and_sleep_gradients_are_those_of_log_probabilities_given_the_other_layer(string visible, string inner, string top)
    {
        // Central differences of step 1e-5: off by 1e-10 times a third derivative, and by rounding of 1e-10.
        Dbn model = Make(visible, inner, top);
        Matrix all = AllStates(model.Layers[1]), rows = AllStates(model.Visible);
        int count = Math.Min(5, Math.Min(all.Rows, rows.Rows));
        Matrix below = rows.RowRange(rows.Rows - count, count), above = all.RowRange(all.Rows - count, count);
        Check(DbnLikelihood.Down(model, 0), below, above);
        Check(DbnLikelihood.Up(model, 0), above, below);

        static void Check(DirectedLayer layer, Matrix states, Matrix parents)
        {
            var gradient = new DirectedGradient(layer);
            gradient.Set(states, parents);
            Matrix dense = layer.Weights.Like(layer.Weights.Rows, layer.Weights.Columns);
            dense.SetOuterProducts([gradient.OfWeights]);
            AssertSlopes(layer.Weights, dense);
            for (int k = 0; k < gradient.OfUnits.Count; k++)
                if (!layer.Units.Parameters[k].IsFixed) AssertSlopes(layer.Units.Parameters[k].Value, gradient.OfUnits[k]);

            void AssertSlopes(Matrix parameter, Matrix slopes)
            {
                const double Step = 1e-5;
                for (int r = 0; r < parameter.Rows; r++)
                    for (int c = 0; c < parameter.Columns; c++)
                    {
                        double old = parameter[r, c];
                        parameter[r, c] = old + Step;
                        double up = Mean();
                        parameter[r, c] = old - Step;
                        double down = Mean();
                        parameter[r, c] = old;
                        Assert.Equal((up - down) / (2 * Step), slopes[r, c], 1e-7);
                    }
            }

            double Mean()
            {
                var values = new Matrix(states.Rows, 1, SmallModels.Double);
                layer.AddLogProbability(states, parents, values);
                return values.ReadColumn(0).Average();
            }
        }
    }

    [Fact]
    public void A_layer_with_too_many_states_is_refused()
    {
        Dbn model = Dbn.Of(new BernoulliLayer(3, SmallModels.Double), new BernoulliLayer(13, SmallModels.Double),
            new BernoulliLayer(2, SmallModels.Double));
        Assert.Contains("layer 1, of 13 bernoulli units",
            Assert.Throws<BadInputException>(() => DbnLikelihood.ExactLogLikelihood(model, new Matrix(1, 3, SmallModels.Double))).Message);
    }
}
