using Boltzmann.Tests.Laws;

namespace Boltzmann.Tests.Models;

/// <summary>Deep Boltzmann machines: their shape, and their start from machines trained one by one.</summary>
public class DbmTests
{
    [Fact]
    public void Every_second_layer_is_independent_given_the_others()
    {
        Dbm model = SmallDbms.Make("bernoulli", "spin", "bernoulli", "spin", "bernoulli");
        Assert.Equal([0, 2, 4], model.Sides!.Even);
        Assert.Equal([1, 3], model.Sides.Odd);
        Assert.Equal([1, 3, 0, 2, 4], model.Blocks);
        Assert.Equal([1, 2, 3, 4], model.HiddenLayers);
    }

    [Fact]
    public void With_one_hidden_layer_it_learns_the_same_bits_as_an_rbm()
    {
        Dataset data = Training.Teaching.RandomBits(50, 8);
        var rbm = new Rbm(new BernoulliLayer(8, SmallModels.Double), new BernoulliLayer(5, SmallModels.Double));
        var dbm = new Dbm(new BernoulliLayer(8, SmallModels.Double), new BernoulliLayer(5, SmallModels.Double));
        foreach (EnergyModel model in new EnergyModel[] { rbm, dbm })
        {
            model.SetRandomWeights(0.1, new Rng(3));
            var trainer = new Trainer(model, new PersistentContrastiveDivergence(10), new Sgd(),
                new TrainerOptions { BatchSize = 10, SparsityCost = 0.1 });
            foreach (TrainingProgress step in trainer.Run(data, 5)) _ = step;
        }
        for (int p = 0; p < rbm.Parameters.Count; p++) Assert.Equal(rbm.Parameters[p].Value.ToArray(), dbm.Parameters[p].Value.ToArray());
    }

    [Fact]
    public void Weights_of_middle_machines_are_halved_and_biases_of_middle_layers_averaged()
    {
        Dbn stack = Dbn.OfLabelled(3, new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(5), new BernoulliLayer(2));
        foreach (Parameter p in stack.Parameters) p.Value.SampleNormal(new Rng((ulong)p.Name.Length));
        stack.Machines[0].Hidden.Bias.Fill(0.25);
        Dbm model = Dbm.From(stack);
        double[] factors = [1, 0.5, 1, 1];
        for (int c = 0; c < 4; c++)
        {
            Matrix expected = (c < 3 ? stack.Machines[c].Weights : stack.LabelledTop!.LabelWeights).Clone();
            expected.SetSum(expected, factors[c]);
            Assert.Equal(expected.ToArray(), model.Connections[c].Weights.ToArray());
        }
        Assert.Equal(stack.Visible.Bias.ReadRow(0), model.Layers[0].Bias.ReadRow(0));
        Assert.Equal([.. stack.Machines[1].Visible.Bias.ReadRow(0).Select(b => 0.5f * (float)b + 0.5 * 0.25)],
            model.Layers[1].Bias.ReadRow(0), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(stack.Top.Hidden.Bias.ReadRow(0), model.Layers[3].Bias.ReadRow(0));
        Assert.Equal((3, 4, 3), (model.Top, model.LabelLayer, model.Labels!.Units));
    }

    [Fact]
    public void A_stack_whose_ways_were_untied_is_refused()
    {
        Dbn stack = Dbn.Of(new BernoulliLayer(4), new BernoulliLayer(3), new BernoulliLayer(2));
        stack.Untie();
        Assert.Throws<ArgumentException>(() => Dbm.From(stack));
    }

    [Fact]
    public void Rows_for_the_next_machine_pass_up_with_doubled_inputs_where_the_machine_learns_so()
    {
        Dataset data = Training.Teaching.RandomBits(40, 6);
        Dbn stack = Dbn.Of(new BernoulliLayer(6, SmallModels.Double), new BernoulliLayer(4, SmallModels.Double),
            new BernoulliLayer(3, SmallModels.Double));
        stack.SetRandomWeights(1, new Rng(5));
        var still = new TrainerOptions { BatchSize = 40, LearningRate = 0, Centering = false };
        LayerTraining Layer(double up, double down) =>
            new(new ContrastiveDivergence(upFactor: up, downFactor: down), new Sgd(), still, 1) { UpFactor = up };
        foreach (GreedyProgress step in new GreedyTrainer(stack, [Layer(2, 1), Layer(1, 2)]).Run(data)) _ = step;
        // The second machine's visible biases start at the logits of the mean of what it is shown.
        Matrix rows = data.ToMatrix(SmallModels.Double), inputs = rows.Like(40, 4), mean = rows.Like(40, 4), average = rows.Like(1, 4);
        inputs.SetProduct(rows, stack.Machines[0].Weights, scale: 2);
        stack.Machines[0].Hidden.SetMean(inputs, mean);
        average.SetColumnSums(mean, scale: 1.0 / 40);
        double[] expected = [.. average.ReadRow(0).Select(p => Math.Log(p / (1 - p)))];
        Assert.Equal(expected, stack.Machines[1].Visible.Bias.ReadRow(0), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void It_comes_back_from_its_file(bool labelled)
    {
        Layer[] layers = [new BernoulliLayer(6), new GaussianLayer(4), new BernoulliLayer(3)];
        Dbm model = labelled ? Dbm.OfLabelled(4, layers) : new Dbm(layers);
        model.SetRandomWeights(1, new Rng(6));
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
        try
        {
            ModelFile.Save(path, model);
            Dbm back = ModelFile.LoadDbm(path);
            Assert.Equal(model.ToString(), back.ToString());
            for (int p = 0; p < model.Parameters.Count; p++)
                Assert.Equal(model.Parameters[p].Value.ToArray(), back.Parameters[p].Value.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Less_than_two_layers_or_classes_are_refused()
    {
        Assert.Contains("at least 2 layers", Assert.Throws<ArgumentException>(() => new Dbm(new BernoulliLayer(2))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dbm.OfLabelled(1, new BernoulliLayer(2), new BernoulliLayer(2)));
    }
}
