using System.Text.RegularExpressions;

namespace Boltzmann.Tests.Runs;

/// <summary>What a training takes is known before it takes it.</summary>
public sealed class TrainingMemoryTests
{
    static readonly Placement place = new(new ReferenceBackend(), Precision.Float32);

    [Fact]
    public void More_than_is_free_is_refused_with_what_would_fit()
    {
        TrainPlan plan = TrainPlan.Of(ModelKind.Rbm);
        // 784 × 100 000 weights of four bytes, with gradient and step.
        string refusal = Assert.Throws<BadInputException>(() => Memory(plan, 100_000).Check(500e6, _ => { })).Message;
        Assert.Contains("a model of 784 × 100000 units in float32 takes about 0.9 GB of memory, and 0.5 GB are free", refusal);
        int fitting = int.Parse(Regex.Match(refusal, @"--hidden (\d+) fits").Groups[1].Value);
        Assert.InRange(fitting, 45_000, 53_146);
        Memory(plan, fitting).Check(500e6, _ => { });
    }

    [Fact]
    public void Every_layer_of_a_deep_model_shrinks_by_the_same_share()
    {
        string refusal = Assert.Throws<BadInputException>(() =>
            Memory(TrainPlan.Of(ModelKind.Dbm), 4000, 2000).Check(50e6, _ => { })).Message;
        int[] fitting = [.. Regex.Match(refusal, @"--hidden (\d+) (\d+) fits").Groups.Values.Skip(1).Select(g => int.Parse(g.Value))];
        Assert.InRange(fitting[0], 1.8 * fitting[1], 2.2 * fitting[1]);
        Memory(TrainPlan.Of(ModelKind.Dbm), fitting).Check(50e6, _ => { });
    }

    [Fact]
    public void A_large_training_says_what_it_takes_and_a_small_one_says_nothing()
    {
        var said = new List<string>();
        Memory(TrainPlan.Of(ModelKind.Rbm), 500).Check(8e9, said.Add);
        Assert.Empty(said);
        Memory(TrainPlan.Of(ModelKind.Rbm) with { Optimizer = OptimizerKind.Adam }, 200_000).Check(8e9, said.Add);
        Assert.Equal(["training takes about 2.5 GB of memory beside the data; 8 GB are free"], said);
        Assert.True(TrainingMemory.Free > 0);
    }

    static TrainingMemory Memory(TrainPlan plan, params int[] hidden) => new(plan, hidden, 784, place);
}
