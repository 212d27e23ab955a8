using Boltzmann.Tests.Backends;
using Boltzmann.Tests.Laws;
using Boltzmann.Tests.Training;

namespace Boltzmann.Tests.Sampling;

/// <summary>Mean-field inference.</summary>
public class MeanFieldTests
{
    public static TheoryData<string> Machines => [.. SmallModels.Graphs.Select(row => row.Data), .. SmallDbms.All.Select(row => row.Data)];

    [Theory, MemberData(nameof(Machines))]
    public void It_ends_at_a_fixed_point_of_its_equations(string name)
    {
        const int Rows = 3;
        EnergyModel model = name.Contains(',') ? SmallDbms.Parse(name) : SmallModels.MakeGraph(name);
        var plain = new PlainGraph(model);
        foreach (var (order, damping) in new[] { (SweepOrder.Sequential, 0), (SweepOrder.Sequential, 0.5), (SweepOrder.Parallel, 0),
            (SweepOrder.Parallel, 0.3) })
            foreach (bool isRowGiven in new[] { true, false })
            {
                // Given a row; and, where units can be given one by one, given its first unit alone, which leaves something to infer of
                // machines without hidden units.
                var state = new State(model, Rows);
                Matrix rows = DeepLikelihoodLaws.Rows(model, Rows), known = rows.Like(1, rows.Columns);
                bool isUnitGiven = !isRowGiven && model.Layers[0] is TwoStateLayer;
                known[0, 0] = 1;
                if (isUnitGiven) model.ClampRows(state, known, rows);
                else if (isRowGiven) model.SetRows(state, rows);
                int[] free = isRowGiven ? FreeEnergy.Unknown(model) : [.. Enumerable.Range(0, model.Layers.Count)];
                var inference = new MeanField(2000, 1e-13, damping, order);
                MeanFieldResult result = inference.Infer(model, state, free);
                Assert.InRange(result.Updates, 1, 1999);
                if (!model.AreIndependent(free)) Assert.InRange(result.Change, 0, 1e-13);
                for (int r = 0; r < Rows; r++)
                {
                    double[][] means = [.. Enumerable.Range(0, state.Layers).Select(l => state[l].ReadRow(r))];
                    if (isUnitGiven) Assert.Equal(rows[r, 0], means[0][0]);
                    foreach (int l in free)
                    {
                        double[] expected = MeanGivenOthers(model, plain, means, l);
                        for (int u = isUnitGiven && l == 0 ? 1 : 0; u < expected.Length; u++) Assert.Equal(expected[u], means[l][u], 1e-10);
                    }
                }
            }
    }

    // The energy is linear in every unit that is summed over, so the others may as well be at their means.
    static double[] MeanGivenOthers(EnergyModel model, PlainGraph plain, double[][] means, int layer)
    {
        double[] mean = new double[means[layer].Length];
        if (model.WithinOf(layer) is Within { UnitColumns: > 1 and int columns })
        {
            for (int first = 0; first < mean.Length; first += columns)
            {
                double[] pure = [.. Enumerable.Range(0, columns).Select(k => -plain.Energy([.. means.Select((x, l) => l == layer
                    ? [.. x[..first], .. Enumerable.Range(0, columns).Select(c => c == k ? 1.0 : 0), .. x[(first + columns)..]] : x)]))];
                for (int k = 0; k < columns; k++) mean[first + k] = Math.Exp(pure[k] - PlainModel.LogSumExp(pure));
            }
            return mean;
        }
        if (model.Layers[layer] is not TwoStateLayer)
            return plain.Mean([.. means.Select((x, l) => l == layer ? null : x)], mean.Length, (x, values) => x[layer].CopyTo(values, 0));
        double low = model.Layers[layer] is SpinLayer ? -1 : 0;
        for (int u = 0; u < mean.Length; u++)
        {
            double EnergyAt(double value) =>
                plain.Energy([.. means.Select((x, l) => l == layer ? [.. x[..u], value, .. x[(u + 1)..]] : x)]);
            mean[u] = low + (1 - low) * Teaching.Logistic(EnergyAt(low) - EnergyAt(1));
        }
        return mean;
    }

    [Fact]
    public void One_hidden_layer_takes_one_exact_update()
    {
        Rbm rbm = SmallModels.Make("bernoulli", "counts");
        var state = new State(rbm, 3);
        state[0].SampleUniform(new Rng(4));
        var inference = new MeanField();
        Assert.Equal(1, inference.Infer(rbm, state).Updates);
        Assert.Equal(rbm.Transform(state[0]).ToArray(), state[1].ToArray());
    }

    [Fact]
    public void It_starts_from_a_pass_upward_with_doubled_inputs_in_every_layer_but_the_top()
    {
        // Traps in other programs: the guess is computed and then thrown away for the last batch's means. One parallel update shows it
        // exactly.
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "spin");
        State state = SmallDbms.Data(model, 2), guess = SmallDbms.Data(model, 2), other = SmallDbms.Data(model, 2);
        other[1].Fill(0.9);
        other[2].Fill(-0.7);
        model.SetInputs(guess, 1, guess.Inputs(1), LayerSet.Of([0]), LayerSet.None, 0);
        guess.Inputs(1).SetSum(guess.Inputs(1), 2);
        model.Layers[1].SetMean(guess.Inputs(1), guess[1]);
        model.SetInputs(guess, 2, guess.Inputs(2));
        model.Layers[2].SetMean(guess.Inputs(2), guess[2]);
        for (int l = 1; l <= 2; l++) model.SetInputs(guess, l, guess.Inputs(l));
        for (int l = 1; l <= 2; l++) model.Layers[l].SetMean(guess.Inputs(l), guess[l]);
        foreach (State s in new[] { state, other })
        {
            new MeanField(1, 0, 0, SweepOrder.Parallel).Infer(model, s);
            for (int l = 1; l <= 2; l++) AssertClose(guess[l], s[l], 1e-14);
        }
    }

    [Fact]
    public void Where_reading_stops_a_device_it_looks_after_every_fifth_sweep_alone()
    {
        var counting = new CountingBackend(new CpuBackend(1));
        Dbm here = new(new BernoulliLayer(9), new BernoulliLayer(7), new BernoulliLayer(5));
        here.SetRandomWeights(0.3, new Rng(1));
        Dbm there = here.Clone(new(counting, Precision.Float32));
        Matrix rows = new(6, 9);
        rows.SampleUniform(new Rng(2));
        State ofHere = new(here, 6), ofThere = new(there, 6);
        ofHere[0].SetCopy(rows);
        ofThere[0].SetCopy(rows);
        var inference = new MeanField();
        MeanFieldResult onHost = inference.Infer(here, ofHere);
        counting.Reset();
        MeanFieldResult onDevice = inference.Infer(there, ofThere);
        Assert.Equal((onHost.Updates + 4) / 5 * 5, onDevice.Updates);
        Assert.Equal(onDevice.Updates / 5, counting.Waits);
        Assert.InRange(onDevice.Change, 0, 1e-4);
        // The same sweeps on this machine give the same bits.
        var fixedSweeps = new MeanField(onDevice.Updates, tolerance: 0);
        fixedSweeps.Infer(here, ofHere);
        for (int l = 0; l < 3; l++) Assert.Equal(ofHere[l].ToArray(), ofThere[l].ToArray());
    }

    [Fact]
    public void Clamped_layers_and_units_keep_their_values()
    {
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "spin", "bernoulli");
        State state = SmallDbms.Data(model, 2);
        state[3].Fill(1);
        state.ClampLayer(3);
        Matrix known = Matrix.From(new double[,] { { 1, 0 } }, SmallModels.Double),
            given = Matrix.From(new double[,] { { 0.25, 0 }, { 0.75, 0 } }, SmallModels.Double);
        state.ClampUnits(1, known, given);
        new MeanField(50, 1e-10).Infer(model, state);
        Assert.Equal([0.25, 0.75], state[1].ReadColumn(0));
        Assert.All(state[3].ReadColumn(0), x => Assert.Equal(1, x));
        // The free unit of layer 1 hears the layer above, which is 1 throughout, and its own layer's neighbours nothing.
        model.SetInputs(state, 1, state.Inputs(1));
        Matrix mean = state[1].Like(2, 2);
        model.Layers[1].SetMean(state.Inputs(1), mean);
        for (int r = 0; r < 2; r++) Assert.Equal(mean[r, 1], state[1][r, 1], 1e-9);
    }

    [Fact]
    public void Every_sequential_update_raises_the_bound()
    {
        // Tested by the number of updates allowed, from the same start; differences of rounding only are let pass.
        Dbm model = SmallDbms.Make("bernoulli", "bernoulli", "bernoulli", "spin");
        model.Connections[1].Weights.SetSum(model.Connections[1].Weights, 8);
        model.Connections[2].Weights.SetSum(model.Connections[2].Weights, 5);
        double last = double.NegativeInfinity, first = double.NaN;
        for (int updates = 1; updates <= 12; updates++)
        {
            State state = SmallDbms.Data(model, 1);
            new MeanField(updates, 0).Infer(model, state);
            double bound = SmallDbms.Bound(model, state)[0];
            if (updates == 1) first = bound;
            Assert.True(bound >= last - 1e-12, $"update {updates}: {bound} after {last}");
            last = bound;
        }
        Assert.True(last > first + 1e-6);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanField(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanField(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeanField(1, 0, 1));
    }

    static void AssertClose(Matrix expected, Matrix actual, double tolerance)
    {
        double[,] a = expected.ToArray(), b = actual.ToArray();
        for (int r = 0; r < a.GetLength(0); r++)
            for (int c = 0; c < a.GetLength(1); c++) Assert.Equal(a[r, c], b[r, c], tolerance);
    }
}
