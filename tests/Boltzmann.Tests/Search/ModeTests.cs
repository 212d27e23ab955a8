using Boltzmann.Models;
using Boltzmann.Searching;
using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Searching;

/// <summary>Searches in learned machines: the same energy, all modes, the most probable completion, log Z.</summary>
public class ModeTests
{
    static readonly string[] others = ["gaussian", "relu", "counts"];

    public static TheoryData<string> Searchable =>
        [.. SmallModels.Graphs.Select(row => row.Data).Where(name => !others.Any(name.Contains))];

    [Theory, MemberData(nameof(SmallModels.Graphs), MemberType = typeof(SmallModels))]
    public void Every_machine_of_two_values_and_one_hot_units_has_the_same_energy_in_a_search(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        if (others.Any(name.Contains))
        {
            Assert.Contains("two values", Assert.Throws<BadInputException>(() => ModelEnergy.Of(model)).Message);
            return;
        }
        ModelEnergy whole = ModelEnergy.Of(model);
        var plain = new PlainGraph(model);
        long count = 0;
        foreach (byte[] state in States(whole.Energy))
        {
            double[][] x = [.. Enumerable.Range(0, model.Layers.Count).Select(l => whole.Values(state, l))];
            Assert.Equal(plain.Energy(x), whole.Energy.Of(state), 1e-9);
            count++;
        }
        Assert.Equal(plain.States.Aggregate(1L, (all, states) => all * states.Length), count);
    }

    [Theory, MemberData(nameof(Searchable))]
    public void Population_annealing_agrees_with_the_exact_sum_and_with_annealed_importance_sampling(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        LogPartitionAt log = Search.Best(ModelEnergy.Of(model).Energy, new PopulationAnnealing { Temperature = 1 },
            new() { Sweeps = 200 }, seed: 3).LogPartition!;
        double exact = Exact.LogPartition(model);
        Assert.InRange(log.Value, exact - 4 * log.StandardError - 1e-9, exact + 4 * log.StandardError + 1e-9);
        LogPartitionEstimate other = AnnealedImportanceSampling.Estimate(model, new() { Chains = 1000, Betas = 10 }, new Rng(seed: 52));
        double both = Math.Sqrt(Math.Pow(log.StandardError, 2) + Math.Pow(other.StandardError, 2));
        Assert.InRange(log.Value - other.Value, -4 * both - 1e-9, 4 * both + 1e-9);
    }

    [Theory, MemberData(nameof(Searchable))]
    public void Modes_are_the_minima_of_the_free_energy_or_of_the_joint_one(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        ModelEnergy whole = ModelEnergy.Of(model);
        foreach (bool isJoint in (bool[])[false, true])
        {
            ModesResult found = Search.Modes(model, new() { Sweeps = 400 }, new() { IsJoint = isJoint, Count = 10_000 });
            bool isSummed = !isJoint && model.HiddenLayers.Count > 0 && model.AreIndependent(model.HiddenLayers);
            Assert.Equal(isSummed, found.IsHiddenSummedOut);
            Dictionary<string, double> values = Values(model, whole, isSummed);
            string[] minima = [.. values.Keys.Where(key => Neighbours(whole.Energy, key).All(other => !values.TryGetValue(other,
                out double value) || value > values[key] - 1e-9))];
            foreach (Mode mode in found.Modes)
            {
                string key = Key(model, whole, [.. mode.State], isSummed);
                Assert.Contains(key, minima);
                Assert.Equal(values[key], mode.Energy, 1e-9);
            }
            // The most probable one of all is among them, and first.
            Assert.Equal(values.Values.Min(), found.Modes[0].Energy, 1e-9);
            Assert.Equal(1, found.Modes.Sum(mode => mode.Share), 1e-9);
            Assert.Equal(found.Samples, found.Modes.Sum(mode => mode.Chains));
            Assert.Equal(found.Distinct, found.Modes.Count);
        }
    }

    [Theory, MemberData(nameof(Searchable))]
    public void What_is_known_stays_and_the_first_mode_is_the_most_probable_completion(string name)
    {
        EnergyModel model = SmallModels.MakeGraph(name);
        ModelEnergy whole = ModelEnergy.Of(model);
        byte[] some = States(whole.Energy).ElementAt(5);
        Dictionary<int, bool> known = Enumerable.Range(0, model.Layers[0].Units / 2).ToDictionary(i => i, i => some[i] != 0);
        ModesResult found = Search.Modes(model, new() { Sweeps = 200 }, new() { Known = known });
        bool isSummed = found.IsHiddenSummedOut;
        Dictionary<string, double> values = Values(model, whole, isSummed, known);
        Assert.All(found.Modes, mode => Assert.All(known, pair => Assert.Equal(pair.Value, mode.State[pair.Key] != 0)));
        Assert.Equal(values.Values.Min(), found.Modes[0].Energy, 1e-9);
        Assert.Equal(values.MinBy(pair => pair.Value).Key, Key(model, whole, [.. found.Modes[0].State], isSummed));
    }

    [Fact]
    public void Shares_are_those_of_the_basins()
    {
        // Two modes, apart by so much that each keeps its own: all units on or all off, with a field towards on.
        var model = new BoltzmannMachine(new BernoulliLayer(4, SmallModels.Double));
        for (int i = 0; i < 4; i++)
        {
            model.Visible.Bias[0, i] = -2.9;
            for (int j = 0; j < 4; j++)
                if (i != j) model.VisibleWeights[i, j] = 2;
        }
        ModesResult found = Search.Modes(model, new() { Sweeps = 4000 });
        Assert.Equal(2, found.Modes.Count);
        Assert.Equal([1.0, 1, 1, 1], found.Modes[0].Row);
        double[] all = SmallEnergies.All(ModelEnergy.Of(model).Energy);
        double z = all.Sum(e => Math.Exp(-e)), basin = 0;
        for (int k = 0; k < all.Length; k++)
        {
            byte[] state = SmallEnergies.State(k, 4);
            new GreedyDescent(ModelEnergy.Of(model).Energy).Lower(state);
            if (state.All(x => x == 1)) basin += Math.Exp(-all[k]) / z;
        }
        Assert.Equal(basin, found.Modes[0].Share, 0.05);
    }

    // The values of all visible states, hidden summed out, or of all joint ones.
    static Dictionary<string, double> Values(EnergyModel model, ModelEnergy whole, bool isSummed,
        IReadOnlyDictionary<int, bool>? known = null)
    {
        var values = new Dictionary<string, double>();
        foreach (byte[] state in States(whole.Energy))
        {
            if (known is not null && known.Any(pair => pair.Value != (state[pair.Key] != 0))) continue;
            string key = Key(model, whole, state, isSummed);
            double energy = whole.Energy.Of(state);
            values[key] = !isSummed ? energy
                : values.TryGetValue(key, out double free) ? -Math.Log(Math.Exp(-free) + Math.Exp(-energy)) : energy;
        }
        return values;
    }

    static string Key(EnergyModel model, ModelEnergy whole, byte[] state, bool isSummed)
    {
        byte[] own = [.. state];
        if (isSummed)
            foreach (int layer in model.HiddenLayers) own.AsSpan(whole.StartOf(layer), model.Layers[layer].Units).Fill(9);
        return string.Join("", own);
    }

    // One unit changed, or one block moved.
    static IEnumerable<string> Neighbours(BinaryEnergy energy, string key)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] == '9') continue;
            char[] other = key.ToCharArray();
            if (energy.Blocks.FirstOrDefault(block => block.Contains(i)) is IReadOnlyList<int> own)
            {
                foreach (int j in own) other[j] = '0';
                other[i] = '1';
            }
            else other[i] = key[i] == '0' ? '1' : '0';
            if (new string(other) != key) yield return new(other);
        }
    }

    static IEnumerable<byte[]> States(BinaryEnergy energy) => Enumerable.Range(0, 1 << energy.Variables)
        .Select(k => SmallEnergies.State(k, energy.Variables)).Where(state => energy.Blocks.All(block => block.Sum(i => state[i]) == 1));
}
